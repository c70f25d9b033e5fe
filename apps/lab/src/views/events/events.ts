/** The events of a stretch: a list of which only the rows in sight are there. */
import './events.css';
import type { EventRow, EventsData, Group } from '../../model/events/events.ts';
import { count } from '../../model/refs.ts';
import type { Ref } from '../../protocol.ts';
import { h, refLink } from '../dom.ts';
import type { Actions, Mounted, Rooms, View } from '../view.ts';

const ROW = 30;
const MORE = 12;

export const eventsView: View<EventsData> = {
  id: 'events',
  title: 'Events',
  mount: (rooms, data, actions) => new EventsView(rooms, data, actions),
};

class EventsView implements Mounted<EventsData> {
  readonly #rooms: Rooms;
  readonly #actions: Actions;
  readonly #list = h('div', { class: 'event-list', role: 'list' });
  readonly #scroll: HTMLElement;
  readonly #groups = new Map<Group, HTMLButtonElement>();
  #data: EventsData;
  #hovered: Ref | null = null;
  #from = -1;

  constructor(rooms: Rooms, data: EventsData, actions: Actions) {
    this.#rooms = rooms;
    this.#actions = actions;
    this.#data = data;
    for (const { group, title } of data.all) {
      this.#groups.set(group, h('button', { type: 'button', onClick: () => this.#toggle(group) }, title));
    }
    const kinds = h('div', { class: 'seg', role: 'group', 'aria-label': 'Kinds of events' }, [
      ...this.#groups.values(),
    ]);
    this.#scroll = h(
      'div',
      { class: 'event-scroll', tabindex: 0, role: 'region', 'aria-label': 'Events', onScroll: () => this.#draw(false) },
      this.#list,
    );
    rooms.stage.classList.add('events-room');
    rooms.stage.replaceChildren(h('div', { class: 'event-kinds' }, kinds), this.#scroll);
    this.update(data);
  }

  update(data: EventsData): void {
    const same = this.#data.rows === data.rows;
    this.#data = data;
    for (const [group, button] of this.#groups)
      button.setAttribute('aria-pressed', String(data.groups.includes(group)));
    this.#list.style.height = `${Math.max(1, data.rows.length) * ROW + 16}px`;
    const top = Math.max(0, data.now - 1) * ROW;
    const { scrollTop, clientHeight } = this.#scroll;
    if (top < scrollTop + ROW || top > scrollTop + clientHeight - 3 * ROW)
      this.#scroll.scrollTop = Math.max(0, top - clientHeight / 2);
    if (!same) this.#from = -1;
    this.#draw(true);
  }
  hover(ref: Ref | null): void {
    this.#hovered = ref;
    for (const row of this.#list.querySelectorAll<HTMLElement>('[data-of]'))
      row.classList.toggle('hot', ref !== null && row.dataset.of === ref);
  }
  destroy(): void {
    this.#rooms.stage.classList.remove('events-room');
    this.#rooms.stage.replaceChildren();
  }

  #toggle(group: Group): void {
    const { groups, own } = this.#data;
    const next = groups.includes(group) ? groups.filter((g) => g !== group) : [...groups, group];
    this.#actions.keep('events', { ...own, groups: next });
  }
  #draw(always: boolean): void {
    const { rows, now } = this.#data;
    const first = Math.max(0, Math.floor(this.#scroll.scrollTop / ROW) - MORE);
    if (!always && Math.abs(first - this.#from) < MORE / 2) return;
    this.#from = first;
    const last = Math.min(rows.length, first + Math.ceil((this.#scroll.clientHeight || 600) / ROW) + 2 * MORE);
    if (rows.length === 0) {
      this.#list.replaceChildren(h('p', { class: 'hint' }, 'No events of these kinds. Choose others above.'));
      return;
    }
    const shown: HTMLElement[] = [];
    for (let k = first; k < last; k++) shown.push(this.#row(rows[k] as EventRow, k, now));
    const marker = h('div', { class: 'event-now', 'aria-hidden': 'true' });
    marker.style.top = `${now * ROW + 8}px`;
    this.#list.replaceChildren(...shown, marker);
  }
  #row(row: EventRow, k: number, now: number): HTMLElement {
    const go = (): void => this.#actions.go({ kind: 'moment', at: row.at });
    const element = h(
      'div',
      {
        class: `event ${k >= now ? 'later' : ''} ${row.ref !== null && row.ref === this.#hovered ? 'hot' : ''}`,
        role: 'listitem',
        'data-of': row.ref,
      },
      h(
        'button',
        { type: 'button', class: 'link quiet mono', onClick: go, 'aria-label': `Go to instruction ${row.at}` },
        count(row.at),
      ),
      h('span', { class: `event-kind kind-${row.group}` }, row.kind),
      h('span', { class: 'third' }, row.line === null ? '' : `line ${row.line}`),
      h('span', { class: 'event-text', title: row.text }, row.text),
      row.ref === null ? h('span') : refLink(this.#actions, row.ref, row.ref),
    );
    element.style.top = `${k * ROW + 8}px`;
    return element;
  }
}
