/** Small helpers for views that draw with plain DOM. Text is always text; nothing here takes markup of a program. */
import type { Piece, Ref } from '../protocol.ts';
import type { Actions } from './view.ts';

type Child = Node | string | null | undefined | false;
interface Attributes {
  readonly class?: string;
  readonly [name: string]: string | number | boolean | null | undefined | ((event: never) => void);
}

/** An element with attributes (functions become listeners) and children. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly (Child | readonly Child[])[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === 'function')
      element.addEventListener(name.replace(/^on/, '').toLowerCase(), value as EventListener);
    else element.setAttribute(name, value === true ? '' : String(value));
  }
  append(element, children);
  return element;
}
export function append(element: Element, children: readonly (Child | readonly Child[])[]): void {
  for (const child of children.flat()) {
    if (child === null || child === undefined || child === false) continue;
    element.append(child);
  }
}
export function svg(tag: string, attributes: Readonly<Record<string, string | number>> = {}): SVGElement {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  return element;
}

/** A link to an object: selects it, and points at it in every view while it is pointed at. */
export function refLink(actions: Actions, ref: Ref, text: string): HTMLButtonElement {
  return h(
    'button',
    {
      type: 'button',
      class: 'link',
      'data-ref': ref,
      onClick: () => actions.select(ref),
      onPointerenter: () => actions.hover(ref),
      onPointerleave: () => actions.hover(null),
      onFocus: () => actions.hover(ref),
      onBlur: () => actions.hover(null),
    },
    text,
  );
}
export function pieceNodes(actions: Actions, pieces: readonly Piece[]): Node[] {
  return pieces.map((piece) => {
    if (typeof piece === 'string') return document.createTextNode(piece);
    return 'code' in piece ? h('code', {}, piece.code) : refLink(actions, piece.ref, piece.text);
  });
}

/** Buttons of which one is pressed. */
export function segments<T extends string>(
  label: string,
  choices: readonly (readonly [value: T, text: string])[],
  choose: (value: T) => void,
): { readonly element: HTMLElement; set(value: T): void } {
  const buttons = choices.map(([value, text]) => h('button', { type: 'button', onClick: () => choose(value) }, text));
  return {
    element: h('div', { class: 'seg', role: 'group', 'aria-label': label }, buttons),
    set(value) {
      for (const [k, button] of buttons.entries()) {
        button.setAttribute('aria-pressed', String(choices[k]?.[0] === value));
      }
    },
  };
}
