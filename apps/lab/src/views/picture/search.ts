/** Finds objects by name, type, value, serial number or address. */
import type { Found, PictureData } from '../../model/picture/picture.ts';
import { h, pieceNodes } from '../dom.ts';
import type { Actions } from '../view.ts';

export class SearchBox {
  readonly element: HTMLElement;
  readonly #input: HTMLInputElement;
  readonly #list = h('ul', { class: 'found', hidden: true });
  readonly #actions: Actions;

  constructor(actions: Actions, find: (text: string) => void) {
    this.#actions = actions;
    this.#input = h('input', {
      type: 'search',
      class: 'find',
      placeholder: 'Find a name, type, #42, 0x…',
      'aria-label': 'Find an object by name, type, value, serial number or address',
      'data-key': 'find',
      onInput: () => find(this.#input.value),
      onKeydown: (event: KeyboardEvent) => {
        if (event.key === 'Escape' && this.#input.value !== '') {
          this.#input.value = '';
          find('');
        } else if (event.key === 'ArrowDown' || event.key === 'Enter') this.#list.querySelector('button')?.focus();
        else return;
        event.preventDefault();
        event.stopPropagation();
      },
    });
    this.element = h('div', { class: 'finder' }, this.#input, this.#list);
  }

  update({ found, own }: PictureData): void {
    const find = own.find ?? '';
    if (document.activeElement !== this.#input) this.#input.value = find;
    this.#list.hidden = find === '';
    if (find === '') return;
    const rows = found.map((f: Found) => h('li', {}, pieceNodes(this.#actions, f.text)));
    const none = h('li', { class: 'third' }, 'No object of this moment answers to that.');
    this.#list.replaceChildren(...(rows.length === 0 ? [none] : rows));
  }
}
