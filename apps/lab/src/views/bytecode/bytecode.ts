/** The instructions of a frame with its value stack beside them. */
import './bytecode.css';
import type { BytecodeData, InstructionRow } from '../../model/bytecode/bytecode.ts';
import { count } from '../../model/refs.ts';
import type { Ref } from '../../protocol.ts';
import { h, pieceNodes } from '../dom.ts';
import type { Actions, Mounted, Rooms, View } from '../view.ts';

export const bytecodeView: View<BytecodeData> = {
  id: 'bytecode',
  title: 'Bytecode',
  mount: (rooms, data, actions) => {
    const view = new BytecodeView(rooms, actions);
    view.update(data);
    return view;
  },
};

class BytecodeView implements Mounted<BytecodeData> {
  readonly #rooms: Rooms;
  readonly #actions: Actions;
  readonly #body = h('tbody', {});
  readonly #scroll: HTMLElement;
  readonly #title = h('p', { class: 'code-title third' });
  readonly #stack = h('div', { class: 'stack-pane' });
  readonly #frames = h('select', { 'aria-label': 'Frame' });
  #shown = '';
  #data: BytecodeData | null = null;

  constructor(rooms: Rooms, actions: Actions) {
    this.#rooms = rooms;
    this.#actions = actions;
    const head = ['Line', 'Offset', 'Instruction', 'Argument', 'Stack'].map((t, k) =>
      h('th', { scope: 'col', class: k === 4 || k < 2 ? 'num' : '' }, t),
    );
    this.#scroll = h(
      'div',
      { class: 'code-scroll', tabindex: 0, role: 'region', 'aria-label': 'Instructions' },
      h('table', { class: 'instructions' }, h('thead', {}, h('tr', {}, head)), this.#body),
    );
    this.#frames.addEventListener('change', () =>
      actions.keep('bytecode', { ...this.#data?.own, frame: this.#frames.selectedIndex }),
    );
    rooms.tools.replaceChildren(h('span', { class: 'pick small' }, this.#frames));
    rooms.stage.classList.add('bytecode-room');
    rooms.stage.replaceChildren(h('div', { class: 'code-pane' }, this.#title, this.#scroll), this.#stack);
  }

  update(data: BytecodeData): void {
    this.#data = data;
    this.#title.textContent = data.title;
    this.#frames.replaceChildren(
      ...data.frames.map((f, k) =>
        h(
          'option',
          k === data.frame ? { selected: true } : {},
          `${f.name}${f.line === null ? '' : `, line ${f.line}`}`,
        ),
      ),
    );
    this.#frames.parentElement?.toggleAttribute('hidden', data.frames.length < 2);
    const key = data.rows.map((r) => `${r.offset}${r.special ?? ''}`).join();
    if (key !== this.#shown) {
      this.#shown = key;
      this.#body.replaceChildren(...data.rows.map(rowOf));
    }
    for (const [k, row] of data.rows.entries()) {
      const element = this.#body.children[k] as HTMLElement;
      element.className = `${row.state ?? ''}${row.firstOfLine ? ' first' : ''}`;
      const mark = row.state === 'next' ? 'runs next' : row.state === 'previous' ? 'has run' : '';
      (element.querySelector('.mark') as HTMLElement).textContent = mark;
    }
    this.#reveal(data);
    this.#drawStack(data);
  }
  hover(ref: Ref | null): void {
    for (const cell of this.#stack.querySelectorAll<HTMLElement>('[data-slot]'))
      cell.classList.toggle('hot', ref !== null && cell.dataset.slot === ref);
  }
  destroy(): void {
    this.#rooms.stage.classList.remove('bytecode-room');
    this.#rooms.stage.replaceChildren();
    this.#rooms.tools.replaceChildren();
  }

  /** What runs next is in sight, with what comes before it. */
  #reveal(data: BytecodeData): void {
    const k = data.rows.findIndex((r) => r.state === 'next');
    const row = this.#body.children[k] as HTMLElement | undefined;
    if (row === undefined) return;
    const { offsetTop, offsetHeight } = row;
    const { scrollTop, clientHeight } = this.#scroll;
    if (offsetTop < scrollTop + 60 || offsetTop + offsetHeight > scrollTop + clientHeight - 40)
      this.#scroll.scrollTop = Math.max(0, offsetTop - clientHeight / 3);
  }
  #drawStack({ stack, depth, sentence }: BytecodeData): void {
    const title = h('h3', {}, 'Value stack', h('small', {}, stack === null ? '' : `depth ${count(depth)}`));
    const slots = (stack ?? []).map((slot, k) =>
      h(
        'li',
        { class: slot.taken ? 'slot taken' : 'slot', 'data-slot': slot.ref },
        h('span', { class: 'third mono' }, k === 0 ? 'top' : String(slot.index)),
        h('span', { class: 'mono' }, pieceNodes(this.#actions, slot.text)),
      ),
    );
    const empty = stack === null ? 'Its height is not known here.' : 'It is empty.';
    this.#stack.replaceChildren(
      title,
      slots.length === 0 ? h('p', { class: 'third' }, empty) : h('ol', { class: 'slots' }, slots),
      h('h3', {}, 'The next instruction'),
      h('p', {}, sentence === '' ? 'None.' : sentence),
      h('p', { class: 'third small-text' }, (stack ?? []).some((s) => s.taken) ? 'Marked: what it takes.' : ''),
    );
  }
}

function rowOf(row: InstructionRow): HTMLElement {
  const effect = row.effect === null || row.effect === 0 ? '' : row.effect > 0 ? `+${row.effect}` : `−${-row.effect}`;
  return h(
    'tr',
    {},
    h('td', { class: 'num' }, row.firstOfLine && row.line !== null ? String(row.line) : ''),
    h('td', { class: 'num third' }, String(row.offset)),
    h(
      'td',
      { class: 'mono' },
      h('span', { class: 'name' }, row.name),
      h('span', { class: 'mark' }),
      row.special === null ? null : h('div', { class: 'special third' }, row.special),
    ),
    h('td', { class: 'mono' }, row.arg === null ? '' : h('span', { class: 'third' }, `${row.arg} `), row.text),
    h('td', { class: 'num' }, effect),
  );
}
