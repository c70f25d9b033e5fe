/** The allocator: a map of all bytes to scale that can be moved and enlarged, its legend, the ledger that adds up. */
import './allocator.css';
import type { AllocatorData } from '../../model/allocator/allocator.ts';
import { count, refOfId } from '../../model/refs.ts';
import type { Ref } from '../../protocol.ts';
import { h, segments } from '../dom.ts';
import type { Actions, Mounted, Rooms, View } from '../view.ts';
import { asideOf } from './aside.ts';
import { coloursNow } from './colours.ts';
import { MapView, type Spot } from './map.ts';

export const allocatorView: View<AllocatorData> = {
  id: 'allocator',
  title: 'Allocator',
  aside: 'Where the bytes are',
  mount: (rooms, data, actions) => new AllocatorView(rooms, data, actions),
};

type Colouring = AllocatorData['colouring'];
type ToScreen = (p: { x: number; y: number }) => [number, number];
const middle = (b: { x: number; y: number; width: number; height: number }) => ({
  x: b.x + b.width / 2,
  y: b.y + b.height / 2,
});
/** Before the room is known. */
const ROOM = { width: 760, height: 520 };
const ZOOMS = { least: 0.04, most: 12 };

class AllocatorView implements Mounted<AllocatorData> {
  readonly #rooms: Rooms;
  readonly #actions: Actions;
  readonly #canvas = h('canvas', { class: 'map', tabindex: 0, role: 'img' });
  readonly #over = h('canvas', { class: 'map-over', 'aria-hidden': 'true' });
  readonly #tip = h('div', { class: 'map-tip', hidden: true });
  readonly #legend = h('div', { class: 'map-legend' });
  readonly #colouring: ReturnType<typeof segments<Colouring>>;
  readonly #observer: ResizeObserver;
  readonly #theme: MutationObserver;
  #data: AllocatorData;
  #map: MapView;
  #image: ImageData | null = null;
  #colours: ReturnType<typeof coloursNow> | null = null;
  #hovered: Ref | null = null;
  #frame = 0;
  #fitted = false;

  constructor(rooms: Rooms, data: AllocatorData, actions: Actions) {
    this.#rooms = rooms;
    this.#actions = actions;
    this.#data = data;
    this.#map = new MapView(data, ROOM);
    this.#colouring = segments<Colouring>(
      'Colour by',
      [
        ['class', 'Size class'],
        ['type', 'Type'],
        ['owner', 'Owner'],
      ],
      (colouring) => actions.keep('allocator', { ...this.#data.own, colouring }),
    );
    const zoom = (by: number) => (): void =>
      this.#zoom(by, this.#canvas.clientWidth / 2, this.#canvas.clientHeight / 2);
    const fit = (): void => {
      this.#fitted = false;
      this.#fit();
    };
    rooms.tools.replaceChildren(
      h(
        'div',
        { class: 'zoom' },
        h('button', { type: 'button', class: 'btn small', 'aria-label': 'Smaller', onClick: zoom(1 / 1.6) }, '−'),
        h('button', { type: 'button', class: 'btn small', onClick: fit }, 'Fit'),
        h('button', { type: 'button', class: 'btn small', 'aria-label': 'Larger', onClick: zoom(1.6) }, '+'),
      ),
      this.#colouring.element,
    );
    rooms.stage.classList.add('allocator-room');
    rooms.stage.replaceChildren(h('div', { class: 'map-room' }, this.#canvas, this.#over, this.#tip), this.#legend);
    this.#listen();
    this.#observer = new ResizeObserver(() => this.#resize());
    this.#observer.observe(this.#canvas.parentElement as HTMLElement);
    this.#theme = new MutationObserver(() => {
      this.#colours = null;
      this.#draw();
    });
    this.#theme.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
    this.update(data);
    this.#resize();
  }

  update(data: AllocatorData): void {
    const chosenBefore = this.#data.chosen?.block;
    const { x, y, scale } = this.#map;
    this.#data = data;
    this.#colours = null;
    this.#map = Object.assign(new MapView(data, this.#room()), { x, y, scale });
    this.#colouring.set(data.colouring);
    const { arenas, blocks } = data;
    const words = blocks.legend.map((l) => `${count(l.blocks)} ${l.name}`).join(', ');
    this.#canvas.setAttribute(
      'aria-label',
      `Map of ${arenas.length} arenas: ${words}. The tables beside it have the same figures. Arrow keys move it, plus and minus enlarge.`,
    );
    this.#legend.replaceChildren(
      ...blocks.legend.map((l) =>
        h(
          'span',
          {},
          h('i', { class: `code code-${l.code} by-${data.colouring}` }),
          `${l.name} `,
          h('b', { class: 'mono' }, count(l.blocks)),
        ),
      ),
    );
    const { aside } = this.#rooms;
    aside?.replaceChildren(...asideOf(data, this.#actions));
    if (data.chosen !== null && data.chosen.block !== chosenBefore && this.#fitted) this.#show(data.chosen.pool);
    this.#draw();
  }
  hover(ref: Ref | null): void {
    if (this.#hovered === ref) return;
    this.#hovered = ref;
    this.#draw();
  }
  destroy(): void {
    cancelAnimationFrame(this.#frame);
    this.#observer.disconnect();
    this.#theme.disconnect();
    this.#rooms.stage.classList.remove('allocator-room');
    this.#rooms.stage.replaceChildren();
    this.#rooms.tools.replaceChildren();
    this.#rooms.aside?.replaceChildren();
  }

  // ---- where we look ----

  #room(): { width: number; height: number } {
    return this.#canvas.width === 0 || !this.#fitted
      ? ROOM
      : { width: this.#canvas.width, height: this.#canvas.height };
  }

  #resize(): void {
    const { clientWidth: width, clientHeight: height } = this.#canvas.parentElement as HTMLElement;
    if (width === 0 || height === 0) return;
    for (const canvas of [this.#canvas, this.#over]) {
      canvas.width = width;
      canvas.height = height;
    }
    this.#image = null;
    this.#fit();
    this.#draw();
  }
  #fit(): void {
    if (this.#fitted || this.#canvas.width === 0) return;
    this.#fitted = true;
    this.#map = new MapView(this.#data, this.#room());
    const { width, height } = this.#map;
    this.#map.scale = Math.min(1, this.#canvas.width / width, Math.max(0.12, this.#canvas.height / height));
    this.#map.x = (width - this.#canvas.width / this.#map.scale) / 2;
    this.#map.y = 0;
    if (this.#data.chosen !== null) this.#show(this.#data.chosen.pool);
    this.#draw();
  }
  /** A pool is brought into sight, large enough to tell its blocks apart. */
  #show(pool: number): void {
    const map = this.#map;
    map.scale = Math.max(map.scale, Math.min(2.4, this.#canvas.height / (map.side + 16)));
    const { x, y } = map.placeOf(pool);
    map.x = x + map.side / 2 - this.#canvas.width / map.scale / 2;
    map.y = y + map.side / 2 - this.#canvas.height / map.scale / 2;
  }
  #zoom(by: number, x: number, y: number): void {
    const map = this.#map;
    const scale = Math.max(ZOOMS.least, Math.min(ZOOMS.most, map.scale * by));
    map.x += x / map.scale - x / scale;
    map.y += y / map.scale - y / scale;
    map.scale = scale;
    this.#draw();
  }
  #move(dx: number, dy: number): void {
    this.#map.x -= dx / this.#map.scale;
    this.#map.y -= dy / this.#map.scale;
    this.#draw();
  }

  // ---- drawing ----

  #draw(): void {
    if (this.#frame !== 0) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#paint();
    });
  }
  #paint(): void {
    const { width, height } = this.#canvas;
    const context = this.#canvas.getContext('2d');
    if (context === null || width === 0 || height === 0) return;
    this.#colours ??= coloursNow(this.#canvas, this.#data.colouring);
    this.#image ??= context.createImageData(width, height);
    const pixels = new Uint32Array(this.#image.data.buffer);
    this.#map.paint(pixels, width, height, this.#colours.palette, this.#colours.grounds);
    context.putImageData(this.#image, 0, 0);
    this.#overlay();
  }
  #overlay(): void {
    const context = this.#over.getContext('2d');
    const map = this.#map;
    const d = this.#data;
    const colours = this.#colours;
    if (context === null || colours === null) return;
    context.clearRect(0, 0, this.#over.width, this.#over.height);
    const point: ToScreen = (p) => [(p.x - map.x) * map.scale, (p.y - map.y) * map.scale];
    context.fillStyle = colours.ink;
    context.font = `600 12px ${colours.sans}`;
    for (const [k, arena] of d.arenas.entries()) {
      const [x, y] = point({ x: 8, y: map.topOf(k) - 10 });
      const text = `Arena ${arena.index}   ${arena.inUse} of ${arena.total} pools in use`;
      if (map.scale > 0.12) context.fillText(text, Math.max(8, x), y);
    }
    if (d.open !== null && map.scale >= 1) this.#freeList(context, d.open, colours.freeInk, point);
    if (d.chosen !== null) this.#ring(context, d.chosen.block, d.chosen.pool, colours.sel, 2, point);
    const hovered = this.#hovered === null ? -1 : this.#blockOf(this.#hovered);
    if (hovered >= 0) this.#ring(context, hovered, this.#poolOf(hovered), colours.sel, 1, point);
  }
  #freeList(
    context: CanvasRenderingContext2D,
    open: NonNullable<AllocatorData['open']>,
    ink: string,
    point: (p: { x: number; y: number }) => [number, number],
  ): void {
    if (open.free.length === 0) return;
    context.strokeStyle = ink;
    context.fillStyle = ink;
    context.lineWidth = 1.25;
    context.beginPath();
    for (const [k, index] of open.free.entries()) {
      const [x, y] = point(middle(this.#map.boxOf(open.pool, index)));
      if (k === 0) context.moveTo(x, y);
      else context.lineTo(x, y);
    }
    context.stroke();
    const [x, y] = point(middle(this.#map.boxOf(open.pool, open.free[0] as number)));
    context.beginPath();
    context.arc(x, y, 4, 0, 7);
    context.fill();
  }
  #ring(
    context: CanvasRenderingContext2D,
    block: number,
    pool: number,
    colour: string,
    width: number,
    point: ToScreen,
  ): void {
    const box = this.#map.boxOf(pool, block - (this.#data.blocks.starts[pool] as number));
    const [x0, y0] = point(box);
    const [x1, y1] = point({ x: box.x + box.width, y: box.y + box.height });
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.strokeRect(x0 - 2.5, y0 - 2.5, x1 - x0 + 6, y1 - y0 + 6);
  }
  #blockOf(ref: Ref): number {
    const id = ref.startsWith('#') ? Number(ref.slice(1)) : -Number.parseInt(ref, 16);
    return this.#data.blocks.ids.indexOf(id);
  }
  #poolOf(block: number): number {
    const { starts } = this.#data.blocks;
    let low = 0;
    for (let high = starts.length - 1; low < high; ) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] as number) <= block) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  // ---- pointing ----

  #listen(): void {
    const room = this.#canvas;
    let from: { x: number; y: number } | null = null;
    let moved = false;
    room.addEventListener('pointerdown', (event) => {
      from = { x: event.offsetX, y: event.offsetY };
      moved = false;
      room.setPointerCapture(event.pointerId);
    });
    room.addEventListener('pointermove', (event) => {
      if (from === null) {
        this.#point(event.offsetX, event.offsetY);
        return;
      }
      const [dx, dy] = [event.offsetX - from.x, event.offsetY - from.y];
      if (!moved && Math.abs(dx) + Math.abs(dy) < 4) return;
      moved = true;
      this.#move(dx, dy);
      from = { x: event.offsetX, y: event.offsetY };
    });
    room.addEventListener('pointerup', (event) => {
      from = null;
      if (!moved) this.#choose(this.#spot(event.offsetX, event.offsetY));
    });
    room.addEventListener('pointerleave', () => this.#point(-1, -1));
    room.addEventListener(
      'wheel',
      (event) => {
        event.preventDefault();
        if (event.ctrlKey || !event.shiftKey)
          this.#zoom(event.deltaY < 0 ? 1.15 : 1 / 1.15, event.offsetX, event.offsetY);
        else this.#move(-event.deltaX, -event.deltaY);
      },
      { passive: false },
    );
    room.addEventListener('keydown', (event) => {
      const far = 60;
      const moves: Readonly<Record<string, readonly [number, number]>> = {
        ArrowLeft: [far, 0],
        ArrowRight: [-far, 0],
        ArrowUp: [0, far],
        ArrowDown: [0, -far],
      };
      const move = moves[event.key];
      if (move !== undefined) this.#move(move[0], move[1]);
      else if (event.key === '+' || event.key === '=') this.#zoom(1.3, room.width / 2, room.height / 2);
      else if (event.key === '-') this.#zoom(1 / 1.3, room.width / 2, room.height / 2);
      else return;
      event.preventDefault();
      event.stopPropagation();
    });
  }
  #spot(x: number, y: number): Spot | null {
    return x < 0 ? null : this.#map.at(this.#map.x + x / this.#map.scale, this.#map.y + y / this.#map.scale);
  }
  #choose(spot: Spot | null): void {
    if (spot === null) return;
    const id = spot.block < 0 ? 0 : (this.#data.blocks.ids[spot.block] as number);
    if (id !== 0) this.#actions.select(refOfId(id));
    else this.#actions.keep('allocator', { ...this.#data.own, pool: this.#data.pools.address[spot.pool] });
  }
  #point(x: number, y: number): void {
    const spot = this.#spot(x, y);
    this.#tip.hidden = spot === null;
    if (spot === null) {
      this.#actions.hover(null);
      return;
    }
    const { pools, blocks } = this.#data;
    const size = pools.blockSize[spot.pool] as number;
    const id = spot.block < 0 ? 0 : (blocks.ids[spot.block] as number);
    const code = spot.block < 0 ? -1 : (blocks.codes[spot.block] as number);
    const name = blocks.legend.find((l) => l.code === code)?.name;
    this.#actions.hover(id === 0 ? null : refOfId(id));
    const pool =
      pools.used[spot.pool] === 0
        ? 'unused pool'
        : `pool for ${size}-byte blocks, ${count(pools.used[spot.pool] as number)} of ${count(pools.capacity[spot.pool] as number)} in use`;
    const head =
      spot.block < 0 ? 'no block' : `${name ?? 'block'}${id === 0 ? '' : ` ${refOfId(id)}`}, block ${spot.index + 1}`;
    this.#tip.replaceChildren(h('b', {}, head), h('span', {}, pool));
    const right = x > this.#canvas.width - 260;
    this.#tip.style.left = right ? '' : `${x + 16}px`;
    this.#tip.style.right = right ? `${this.#canvas.width - x + 16}px` : '';
    this.#tip.style.top = `${Math.max(0, y - 20)}px`;
  }
}
