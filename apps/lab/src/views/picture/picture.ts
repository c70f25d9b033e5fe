/** The picture of the stack and the heap: SVG that is replaced part by part, cards that can be pointed at, chosen and walked. */
import './picture.css';
import { pictureDefinitions } from '@moult/picture';
import type { Card } from '../../model/picture/cards.ts';
import type { PictureData } from '../../model/picture/picture.ts';
import type { Ref } from '../../protocol.ts';
import { h, segments, svg } from '../dom.ts';
import type { Actions, Mounted, Rooms, View } from '../view.ts';
import { Legend } from './legend.ts';
import { Parts } from './parts.ts';
import { SearchBox } from './search.ts';
import { adoptPictureStyle } from './style.ts';

export const pictureView: View<PictureData> = {
  id: 'picture',
  title: 'Picture',
  mount: (rooms, data, actions) => {
    adoptPictureStyle();
    return new PictureView(rooms, data, actions);
  },
};

class PictureView implements Mounted<PictureData> {
  readonly #actions: Actions;
  readonly #canvas = svg('svg', { class: 'moult-picture', role: 'group', 'aria-label': 'Stack and heap' });
  readonly #rings = { chosen: ring('chosen'), hovered: ring('hovered') };
  readonly #parts: Parts;
  readonly #legend: Legend;
  readonly #search: SearchBox;
  readonly #level: ReturnType<typeof segments<'simple' | 'true'>>;
  readonly #rooms: Rooms;
  #data: PictureData;
  #cards = new Map<string, Card>();
  #byRef = new Map<Ref, Card>();
  #hovered: Ref | null = null;
  /** The card that Tab leads to. */
  #current = '';

  constructor(rooms: Rooms, data: PictureData, actions: Actions) {
    this.#rooms = rooms;
    this.#actions = actions;
    this.#data = data;
    const parts = svg('g');
    this.#parts = new Parts(parts);
    this.#canvas.innerHTML = pictureDefinitions('pic');
    this.#canvas.append(parts, this.#rings.hovered, this.#rings.chosen);
    this.#legend = new Legend({
      more: () => this.#keep({ limit: Math.min(300, (this.#data.own.limit ?? 60) * 2) }),
    });
    this.#search = new SearchBox(actions, (find) => this.#keep({ find }));
    this.#level = segments('Level', [['simple', 'Simple'], ['true', 'True']], (level) => actions.setLevel(level)); // biome-ignore format: pairs
    rooms.tools.replaceChildren(this.#search.element, this.#level.element);
    rooms.stage.replaceChildren(h('div', { class: 'picture-scroll' }, this.#canvas), this.#legend.element);
    rooms.stage.classList.add('picture-room');
    this.#listen();
    this.update(data);
  }

  update(data: PictureData): void {
    const before = this.#data.selected;
    this.#data = data;
    this.#canvas.setAttribute('width', String(data.width));
    this.#canvas.setAttribute('height', String(data.height));
    this.#cards = new Map(data.cards.map((c) => [c.key, c]));
    this.#byRef = new Map(data.cards.flatMap((c) => (c.ref === null ? [] : [[c.ref, c] as const])));
    if (!this.#cards.has(this.#current)) this.#current = data.cards[0]?.key ?? '';
    this.#parts.update(data.parts, (key, element) => this.#describe(key, element));
    this.#level.set(data.level);
    this.#legend.update(data);
    this.#search.update(data);
    this.#mark();
    if (data.selected !== null && data.selected !== before) this.#reveal(data.selected);
  }
  hover(ref: Ref | null): void {
    if (this.#hovered === ref) return;
    this.#hovered = ref;
    this.#mark();
  }
  destroy(): void {
    this.#rooms.stage.classList.remove('picture-room');
    this.#rooms.stage.replaceChildren();
    this.#rooms.tools.replaceChildren();
  }

  #keep(change: Partial<PictureData['own']>): void {
    this.#actions.keep('picture', { ...this.#data.own, ...change });
  }

  // ---- marks ----

  #describe(key: string, element: SVGElement): void {
    const card = this.#cards.get(key);
    if (card === undefined) return;
    element.setAttribute('role', card.ref === null ? 'img' : 'button');
    element.setAttribute('aria-label', card.label);
    element.setAttribute('tabindex', key === this.#current ? '0' : '-1');
    if (card.ref !== null) element.setAttribute('aria-pressed', String(card.ref === this.#data.selected));
  }
  #mark(): void {
    const { selected, many } = this.#data;
    place(this.#rings.chosen, selected === null ? undefined : this.#byRef.get(selected));
    place(
      this.#rings.hovered,
      this.#hovered === selected || this.#hovered === null ? undefined : this.#byRef.get(this.#hovered),
    );
    for (const { element, from, to } of this.#parts.arrows()) {
      const chosen = selected !== null && to === selected;
      const lit =
        chosen ||
        (selected !== null && from === selected) ||
        (this.#hovered !== null && (to === this.#hovered || from === this.#hovered));
      const mark = `${chosen ? 'chosen ' : ''}${many && !lit ? 'faint' : ''}`;
      if (element.getAttribute('class') === mark) continue;
      element.setAttribute('class', mark);
      const path = element.querySelector('path[marker-end]');
      path?.setAttribute('marker-end', `url(#pic-${chosen ? 'chosen' : 'arrow'})`);
    }
  }
  #reveal(ref: Ref): void {
    const card = this.#byRef.get(ref);
    const scroll = this.#canvas.parentElement;
    if (card === undefined || scroll === null) return;
    const fits = (from: number, size: number, at: number, room: number): boolean =>
      at >= from && at + size <= from + room;
    if (!fits(scroll.scrollTop, card.height, card.y, scroll.clientHeight)) scroll.scrollTop = card.y - 40;
    if (!fits(scroll.scrollLeft, card.width, card.x, scroll.clientWidth)) scroll.scrollLeft = card.x - 40;
  }

  // ---- pointing and keys ----

  #listen(): void {
    const canvas = this.#canvas;
    canvas.addEventListener('click', (event) => this.#click(event as MouseEvent));
    canvas.addEventListener('pointerover', (event) => this.#actions.hover(this.#cardOf(event)?.ref ?? null));
    canvas.addEventListener('pointerleave', () => this.#actions.hover(null));
    canvas.addEventListener('keydown', (event) => this.#key(event as KeyboardEvent));
    canvas.addEventListener('focusin', (event) => {
      const card = this.#cardOf(event);
      if (card !== null) this.#tabTo(card.key);
      this.#actions.hover(card?.ref ?? null);
    });
    canvas.addEventListener('focusout', () => this.#actions.hover(null));
  }
  #cardOf(event: Event): Card | null {
    const group = (event.target as Element).closest('[data-part]');
    return this.#cards.get(group?.getAttribute('data-part') ?? '') ?? null;
  }
  #click(event: MouseEvent): void {
    const card = this.#cardOf(event);
    if (card === null) {
      this.#actions.select(null);
      return;
    }
    const y = event.clientY - this.#canvas.getBoundingClientRect().top;
    const x = event.clientX - this.#canvas.getBoundingClientRect().left;
    const row = card.rows.find((r) => Math.abs(card.y + r.y - y) <= 14);
    if (row?.fold === true) this.#toggle(card);
    else if (row?.to !== undefined && row.to !== null && x > card.x + card.width - 40) this.#actions.select(row.to);
    else if (card.kind === 'ghost' && card.ref !== null) this.#actions.select(card.ref);
    else if (card.ref !== null) this.#actions.select(card.ref === this.#data.selected ? null : card.ref);
  }
  #toggle(card: Card): void {
    if (card.open === null) return;
    const open = new Set(this.#data.own.open ?? []);
    if (!open.delete(card.open)) open.add(card.open);
    this.#keep({ open: [...open] });
  }

  /** Up and down go from card to card; R follows a reference, H goes to a holder, O opens what is folded. */
  #key(event: KeyboardEvent): void {
    const card = this.#cardOf(event);
    if (card === null || event.ctrlKey || event.metaKey || event.altKey) return;
    const to = this.#next(card, event.key);
    if (to !== null) this.#focus(to);
    else if (event.key === 'Enter' || event.key === ' ') {
      if (card.ref === null) this.#toggle(card);
      else this.#actions.select(card.ref === this.#data.selected ? null : card.ref);
    } else if (event.key === 'o') this.#toggle(card);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
  #next(card: Card, key: string): Card | null {
    const { cards } = this.#data;
    const at = cards.indexOf(card);
    if (key === 'ArrowDown') return cards[at + 1] ?? null;
    if (key === 'ArrowUp') return cards[at - 1] ?? null;
    if (key === 'r') {
      const refs = card.rows.flatMap((r) => (r.to === null ? [] : [r.to]));
      return this.#byRef.get(refs[0] as Ref) ?? null;
    }
    if (key === 'h')
      return cards.find((c) => c !== card && c.rows.some((r) => r.to !== null && r.to === card.ref)) ?? null;
    return null;
  }
  #focus(card: Card): void {
    this.#tabTo(card.key);
    (this.#parts.element(card.key) as SVGGElement | null)?.focus();
  }
  #tabTo(key: string): void {
    this.#parts.element(this.#current)?.setAttribute('tabindex', '-1');
    this.#current = key;
    this.#parts.element(key)?.setAttribute('tabindex', '0');
  }
}

function ring(name: string): SVGElement {
  return svg('rect', { class: `ring ${name}`, rx: 10, fill: 'none', visibility: 'hidden' });
}
function place(element: SVGElement, card: Card | undefined): void {
  element.setAttribute('visibility', card === undefined ? 'hidden' : 'visible');
  if (card === undefined) return;
  element.setAttribute('x', String(card.x - 5));
  element.setAttribute('y', String(card.y - 5));
  element.setAttribute('width', String(card.width + 10));
  element.setAttribute('height', String(card.height + 10));
}
