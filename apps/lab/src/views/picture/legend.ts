/** Under the picture: what its marks mean, as far as they occur, and what did not fit. */
import type { PictureData } from '../../model/picture/picture.ts';
import { h } from '../dom.ts';

const WORDS = {
  reference: 'reference',
  removed: 'removed by this step',
  changed: 'count changed',
  new: 'new',
  unreachable: 'unreachable',
  freed: 'freed',
} as const;

export class Legend {
  readonly element = h('div', { class: 'picture-legend' });
  readonly #keys = h('div', { class: 'legend-keys', 'aria-hidden': 'true' });
  readonly #notes = h('span', { class: 'legend-notes' });
  readonly #more: HTMLButtonElement;
  #shown = '';

  constructor(actions: { readonly more: () => void }) {
    this.#more = h('button', { type: 'button', class: 'btn small', onClick: actions.more }, 'Show more');
    this.element.append(this.#keys, this.#notes, this.#more);
  }

  update({ legend, notes, more, own }: PictureData): void {
    const key = legend.join(' ');
    if (key !== this.#shown) {
      this.#shown = key;
      this.#keys.replaceChildren(...legend.map((name) => h('span', {}, h('i', { class: `key-${name}` }), WORDS[name])));
    }
    this.#notes.textContent = notes.join(' · ');
    this.#more.hidden = !more || (own.limit ?? 60) >= 300;
  }
}
