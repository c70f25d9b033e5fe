/** The drawn parts by their keys: a part whose text is the same as before is left as it is. */
import type { PicturePart } from '@moult/picture';
import { refOfId } from '../../model/refs.ts';
import { svg } from '../dom.ts';

interface Drawn {
  readonly element: SVGElement;
  markup: string;
  from: string | null;
  to: string | null;
}

export class Parts {
  readonly #root: SVGElement;
  #drawn = new Map<string, Drawn>();

  constructor(root: SVGElement) {
    this.#root = root;
  }

  /** `describe` is called for each part: what it says may change where its drawing does not. */
  update(parts: readonly PicturePart[], describe: (key: string, element: SVGElement) => void): void {
    const next = new Map<string, Drawn>();
    let at: Element | null = this.#root.firstElementChild;
    for (const part of parts) {
      let drawn = this.#drawn.get(part.key);
      if (drawn === undefined) {
        drawn = { element: svg('g', { 'data-part': part.key }), markup: '', from: null, to: null };
        if (part.to !== undefined) {
          drawn.from = typeof part.from === 'number' ? refOfId(part.from) : null;
          drawn.to = refOfId(part.to);
        }
      }
      if (drawn.markup !== part.markup) {
        drawn.element.innerHTML = part.markup;
        drawn.markup = part.markup;
        // what is drawn anew has no marks yet
        if (drawn.to !== null) drawn.element.removeAttribute('class');
      }
      describe(part.key, drawn.element);
      next.set(part.key, drawn);
      this.#drawn.delete(part.key);
      if (drawn.element === at) at = at.nextElementSibling;
      else this.#root.insertBefore(drawn.element, at);
    }
    for (const { element } of this.#drawn.values()) element.remove();
    this.#drawn = next;
  }

  element(key: string): SVGElement | null {
    return this.#drawn.get(key)?.element ?? null;
  }
  *arrows(): Generator<Drawn> {
    for (const drawn of this.#drawn.values()) if (drawn.to !== null) yield drawn;
  }
}
