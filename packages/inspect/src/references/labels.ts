// Writes a reference's label out, and gathers an object's references with labels, for whoever shows them.
import type { Reader } from '../reader.ts';
import { describe, nameText } from '../values/describe.ts';
import { visitKeysTable } from './containers.ts';
import { visitReferences } from './visit.ts';
import { LABEL_ATTRIBUTE, LABEL_LOCAL, type ReferenceVisitor } from './visitor.ts';

export function labelText(reader: Reader, label: string, index: number): string {
  if (label.includes('#')) return label.replace('#', String(index));
  if (label.includes('@')) {
    const name =
      label === LABEL_ATTRIBUTE || label === LABEL_LOCAL ? nameText(reader, index) : describe(reader, index, -1);
    return label.replace('@', () => name);
  }
  return label;
}

export interface Reference {
  readonly target: number;
  /** Where the pointer is stored. */
  readonly slot: number;
  readonly label: string;
}

export class ReferenceList implements ReferenceVisitor {
  readonly references: Reference[] = [];
  private readonly reader: Reader;
  constructor(reader: Reader) {
    this.reader = reader;
  }
  reference(target: number, slot: number, label: string, index: number): void {
    this.references.push({ target, slot, label: labelText(this.reader, label, index) });
  }
  keysTable(keys: number): void {
    visitKeysTable(this.reader, keys, this);
  }
}

/** An object's owned references. Keys that it shares with other dicts count as its own here. */
export function referencesOf(reader: Reader, object: number): Reference[] {
  const list = new ReferenceList(reader);
  visitReferences(reader, object, reader.typeOf(object), list);
  return list.references;
}
