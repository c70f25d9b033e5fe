// How references are reported. A label is a template, so that a walk over a million objects makes no strings: '#' stands for the
// index, '@' for the text of the object whose address is the index (labels.ts writes it out).

export interface ReferenceVisitor {
  /** An owned reference: to `target`, stored in the 8 bytes at `slot`. */
  reference(target: number, slot: number, label: string, index: number): void;
  /** A counted hold on a dict's keys table, which owns its keys and may have several holders. */
  keysTable(keys: number, slot: number): void;
}

export const LABEL_ITEM = '[#]';
export const LABEL_VALUE = '[@]';
export const LABEL_KEY = 'key @';
export const LABEL_MEMBER = 'item @';
export const LABEL_ATTRIBUTE = '.@';
export const LABEL_LOCAL = 'local @';
export const LABEL_STACK = 'stack[#]';
export const LABEL_SHARED_KEY = 'shared key @';
