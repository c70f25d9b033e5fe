/** The collector: lanes of its generations, seven phases to walk through, the objects with their scratch counts, the books. */
import './collector.css';
import { pictureDefinitions } from '@moult/picture';
import type { CollectorData, Lane } from '../../model/collector/collector.ts';
import { count, plural } from '../../model/refs.ts';
import type { Ref } from '../../protocol.ts';
import { h, pieceNodes, refLink, segments, svg } from '../dom.ts';
import { Parts } from '../picture/parts.ts';
import { adoptPictureStyle } from '../picture/style.ts';
import type { Actions, Mounted, Rooms, View } from '../view.ts';

export const collectorView: View<CollectorData> = {
  id: 'collector',
  title: 'Collector',
  aside: 'The books of this collection',
  mount: (rooms, data, actions) => {
    adoptPictureStyle();
    const view = new CollectorView(rooms, actions);
    view.update(data);
    return view;
  },
};

class CollectorView implements Mounted<CollectorData> {
  readonly #rooms: Rooms;
  readonly #actions: Actions;
  readonly #lanes = h('div', { class: 'lanes' });
  readonly #phases = h('ol', { class: 'phases', 'aria-label': 'Phases of the collection' });
  readonly #canvas = svg('svg', {
    class: 'moult-picture',
    role: 'group',
    'aria-label': 'Objects with their scratch counts',
  });
  readonly #parts: Parts;
  readonly #generation: ReturnType<typeof segments<'0' | '1' | '2'>>;
  #data: CollectorData | null = null;

  constructor(rooms: Rooms, actions: Actions) {
    this.#rooms = rooms;
    this.#actions = actions;
    const root = svg('g');
    this.#parts = new Parts(root);
    this.#canvas.innerHTML = pictureDefinitions('gc');
    this.#canvas.append(root);
    this.#canvas.addEventListener('click', (event) => {
      const key = (event.target as Element).closest('[data-part]')?.getAttribute('data-part');
      const card = this.#data?.cards.find((c) => c.key === key);
      if (card?.ref != null) actions.select(card.ref);
    });
    this.#generation = segments(
      'Generation that is looked at',
      [
        ['0', 'Gen 0'],
        ['1', 'Gen 1'],
        ['2', 'Full'],
      ],
      (value) => this.#keep({ generation: Number(value) }),
    );
    const steps = h(
      'div',
      { class: 'phase-steps' },
      h('button', { type: 'button', class: 'btn small', onClick: () => this.#step(-1) }, 'Back'),
      h('button', { type: 'button', class: 'btn small', onClick: () => this.#step(1) }, 'Next phase'),
    );
    rooms.tools.replaceChildren(this.#generation.element, steps);
    rooms.stage.classList.add('collector-room');
    rooms.stage.replaceChildren(this.#lanes, this.#phases, h('div', { class: 'picture-scroll' }, this.#canvas));
  }

  update(data: CollectorData): void {
    const phaseBefore = this.#data?.phase;
    this.#data = data;
    this.#generation.set(String(data.generation) as '0' | '1' | '2');
    for (const button of this.#generation.element.querySelectorAll('button')) button.disabled = data.ran;
    this.#lanes.replaceChildren(
      h(
        'p',
        { class: 'lanes-title' },
        data.ran ? 'Counters after this step' : 'Counters now',
        h(
          'span',
          { class: 'third' },
          `threshold ${data.lanes.map((l) => count(l.threshold)).join(', ')}${data.disabled ? ' · disabled' : ''}`,
        ),
      ),
      ...data.lanes.map(laneRow),
    );
    this.#phases.replaceChildren(...data.phases.map((p, k) => this.#phase(data, p, k)));
    this.#canvas.setAttribute('width', String(data.width));
    this.#canvas.setAttribute('height', String(data.height));
    const labels = new Map(data.cards.map((c) => [c.key, c.label]));
    this.#parts.update(data.parts, (key, element) => {
      const label = labels.get(key);
      if (label === undefined) return;
      element.setAttribute('role', 'img');
      element.setAttribute('aria-label', label);
    });
    this.#aside(data);
    if (phaseBefore !== data.phase) this.#reveal(data);
  }
  /** Of a large picture, what the phases are about. */
  #reveal({ focus }: CollectorData): void {
    const scroll = this.#canvas.parentElement;
    if (focus === null || scroll === null) return;
    const low = focus.y + focus.height + 40 - scroll.clientHeight;
    scroll.scrollTop = Math.max(0, Math.min(low, focus.y - 60));
  }
  hover(ref: Ref | null): void {
    for (const row of this.#rooms.aside?.querySelectorAll<HTMLElement>('tr[data-ref]') ?? []) {
      row.classList.toggle('hot', row.dataset.ref === ref || row.dataset.ref === this.#data?.selected);
    }
  }
  destroy(): void {
    this.#rooms.stage.classList.remove('collector-room');
    this.#rooms.stage.replaceChildren();
    this.#rooms.tools.replaceChildren();
    this.#rooms.aside?.replaceChildren();
  }

  #keep(change: Partial<CollectorData['own']>): void {
    this.#actions.keep('collector', { ...this.#data?.own, ...change });
  }
  #step(by: number): void {
    const data = this.#data;
    if (data === null) return;
    this.#keep({ phase: Math.max(0, Math.min(data.phases.length - 1, data.phase + by)) });
  }
  #phase(data: CollectorData, { title, figure }: CollectorData['phases'][number], k: number): HTMLElement {
    const state = k === data.phase ? 'now' : k < data.phase ? 'done' : '';
    return h(
      'li',
      {},
      h(
        'button',
        {
          type: 'button',
          class: `phase ${state}`,
          'aria-current': k === data.phase ? 'step' : null,
          onClick: () => this.#keep({ phase: k }),
        },
        h('span', { class: 'phase-number', 'aria-hidden': 'true' }, k < data.phase ? '✓' : String(k + 1)),
        h('span', {}, h('b', {}, title), h('small', { class: 'mono' }, figure)),
      ),
    );
  }

  #aside(data: CollectorData): void {
    const room = this.#rooms.aside;
    if (room === null) return;
    const rows = data.books.map((b) =>
      h(
        'tr',
        { 'data-ref': b.ref, class: b.ref === data.selected ? 'hot' : '' },
        h('td', {}, refLink(this.#actions, b.ref, b.text)),
        h('td', { class: 'num' }, count(b.count)),
        h('td', { class: 'num scr' }, b.inside === 0 ? '0' : `−${count(b.inside)}`),
        h('td', { class: 'num' }, h('span', { class: `scratch ${b.left === 0 ? 'zero' : ''}` }, count(b.left))),
      ),
    );
    const head = ['Object', 'Count', 'Inside', 'Left'].map((t, k) =>
      h('th', { scope: 'col', class: k === 0 ? '' : 'num' }, t),
    );
    const thresholds = data.lanes.map((l, k) =>
      h('input', { type: 'number', min: 0, value: l.threshold, 'aria-label': `Threshold of generation ${k}` }),
    );
    const propose = (code: string) => (): void => this.#actions.propose(`import gc; ${code}`);
    const set = (): void =>
      this.#actions.propose(
        `import gc; gc.set_threshold(${thresholds.map((i) => Math.max(0, Math.round(Number(i.value)))).join(', ')})`,
      );
    for (const input of thresholds) input.addEventListener('change', set);
    room.replaceChildren(
      h(
        'section',
        { class: 'books' },
        h(
          'table',
          { class: 'table-view' },
          h('caption', { class: 'only-heard' }, 'Counts, references from inside, and what is left'),
          h('thead', {}, h('tr', {}, head)),
          h('tbody', {}, rows),
        ),
        h(
          'p',
          { class: 'remark third' },
          `and ${plural(data.others, 'more container')}. The real counts never change here: the collector works on a copy, kept in _gc_prev.`,
        ),
      ),
      h(
        'section',
        {},
        h('h3', {}, 'How to read “left”'),
        h(
          'p',
          { class: 'read' },
          h('span', { class: 'scratch' }, '1+'),
          'Something outside holds it. It stays, and so does all it leads to.',
        ),
        h(
          'p',
          { class: 'read' },
          h('span', { class: 'scratch zero' }, '0'),
          'Not decided yet. The next phase saves what can be reached.',
        ),
      ),
      h(
        'section',
        {},
        h('h3', {}, 'Controls', h('small', {}, 'written into the prompt as calls')),
        h(
          'div',
          { class: 'controls' },
          h('button', { type: 'button', class: 'btn small', onClick: propose('gc.collect()') }, 'Collect now'),
          h(
            'button',
            { type: 'button', class: 'btn small', onClick: propose(data.disabled ? 'gc.enable()' : 'gc.disable()') },
            data.disabled ? 'Enable' : 'Disable',
          ),
          h('button', { type: 'button', class: 'btn small', onClick: propose('gc.freeze()') }, 'Freeze'),
        ),
        h('div', { class: 'thresholds' }, h('span', { class: 'third' }, 'Thresholds'), thresholds),
      ),
      h('section', {}, h('h3', {}, 'Started by'), h('p', {}, pieceNodes(this.#actions, data.started))),
      h('section', {}, h('h3', {}, 'Collections of this run'), this.#collections(data)),
    );
  }
  #collections(data: CollectorData): HTMLElement {
    if (data.collections === null) return h('p', { class: 'third' }, 'The run is long: they are not listed.');
    if (data.collections.length === 0) return h('p', { class: 'third' }, 'None: no collection runs in this program.');
    return h(
      'ul',
      { class: 'collections' },
      data.collections.map((c, k) =>
        h(
          'li',
          {},
          h(
            'button',
            { type: 'button', class: 'link', onClick: () => this.#actions.go({ kind: 'moment', at: c.at }) },
            `${k + 1}`,
          ),
          ` generation ${c.generation}${c.line === null ? '' : `, line ${c.line}`}`,
        ),
      ),
    );
  }
}

function laneRow(lane: Lane): HTMLElement {
  const part = lane.threshold === 0 ? 0 : Math.min(1, Math.max(0, lane.count / lane.threshold));
  const fill = h('span', {});
  fill.style.width = `${part * 100}%`;
  return h(
    'div',
    { class: 'lane' },
    h('div', { class: 'lane-name' }, h('b', {}, lane.title), ' ', h('span', { class: 'third' }, lane.note)),
    h(
      'div',
      {},
      h('div', { class: 'lane-track', 'aria-hidden': 'true' }, fill),
      h(
        'div',
        { class: 'lane-text' },
        h('span', {}, h('b', { class: 'mono' }, count(lane.count)), ` of ${count(lane.threshold)}`),
        h('span', { class: 'third' }, `counts ${lane.counts}`),
      ),
    ),
    h('div', { class: 'lane-objects mono' }, plural(lane.objects, 'container')),
  );
}
