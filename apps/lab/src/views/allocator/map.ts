/**
 * The map: one unit of area is one byte. A pool of 16 KiB is a square of 128 by 128, its blocks in rows, each as large as it is.
 * Pixels are looked up, not rectangles drawn: a frame costs the same for a thousand blocks and for a million.
 */
import type { AllocatorData } from '../../model/allocator/allocator.ts';

const GAP = 8;
const ARENA_GAP = 44;
/** A block is so many units wide, a smallest one half of that. */
const WIDE = 16;

export interface Spot {
  readonly pool: number;
  /** The block's index in the whole; -1: the header, the tail, an unused pool. */
  readonly block: number;
  readonly index: number;
}
/** The colours that are no category's. */
export interface Grounds {
  readonly back: number;
  readonly unused: number;
  readonly gap: number;
  readonly kept: number;
}

export class MapView {
  /** Pixels to a unit, and the world's point at the upper left corner. */
  scale = 0.3;
  x = 0;
  y = 0;
  readonly side: number;
  readonly width: number;
  readonly height: number;
  readonly #data: AllocatorData;
  /** Pools in a row, and rows of an arena. */
  readonly #columns: number;
  readonly #rows: number;
  /** Of an arena with the gap above it. */
  readonly #tall: number;

  /** `room`: what the map is shown in; as many pools stand in a row as make it largest there. */
  constructor(data: AllocatorData, room: { readonly width: number; readonly height: number }) {
    this.#data = data;
    this.side = Math.sqrt(data.poolSize);
    const most = Math.max(1, ...data.arenas.map((a) => a.total));
    const step = this.side + GAP;
    let best = { columns: 16, scale: 0 };
    for (let columns = 6; columns <= 32; columns++) {
      const tall = Math.ceil(most / columns) * step + ARENA_GAP;
      const scale = Math.min(room.width / (columns * step + GAP), room.height / (data.arenas.length * tall + GAP));
      if (scale > best.scale) best = { columns, scale };
    }
    this.#columns = best.columns;
    this.#rows = Math.ceil(most / best.columns);
    this.#tall = this.#rows * step + ARENA_GAP;
    this.width = best.columns * step + GAP;
    this.height = data.arenas.length * this.#tall + GAP;
  }

  topOf(arena: number): number {
    return ARENA_GAP + arena * this.#tall;
  }
  /** Where a pool's square lies. */
  placeOf(pool: number): { x: number; y: number } {
    const k = this.#data.arenas.findIndex((a) => pool >= a.first && pool < a.first + a.carved);
    const n = pool - (this.#data.arenas[k]?.first ?? 0);
    const step = this.side + GAP;
    return { x: GAP + (n % this.#columns) * step, y: this.topOf(k) + Math.floor(n / this.#columns) * step };
  }
  /** Blocks in a row of a pool, and how large one is drawn. */
  #cells(pool: number): { columns: number; width: number; height: number } {
    const size = this.#data.pools.blockSize[pool] as number;
    const columns = this.side / (size <= 16 ? WIDE / 2 : WIDE);
    const rows = Math.max(1, Math.ceil((this.#data.pools.capacity[pool] as number) / columns));
    return { columns, width: this.side / columns, height: this.side / rows };
  }
  boxOf(pool: number, index: number): { x: number; y: number; width: number; height: number } {
    const { columns, width, height } = this.#cells(pool);
    const { x, y } = this.placeOf(pool);
    return { x: x + (index % columns) * width, y: y + Math.floor(index / columns) * height, width, height };
  }

  /** What lies at a point of the world. */
  at(wx: number, wy: number): Spot | null {
    const { arenas, pools, blocks } = this.#data;
    const step = this.side + GAP;
    const k = Math.floor((wy - ARENA_GAP) / this.#tall);
    const arena = arenas[k];
    if (arena === undefined) return null;
    const [px, py] = [wx - GAP, wy - this.topOf(k)];
    const column = Math.floor(px / step);
    const n = Math.floor(py / step) * this.#columns + column;
    if (px < 0 || py < 0 || column >= this.#columns || n < 0 || n >= arena.carved) return null;
    const [bx, by] = [px - column * step, py - Math.floor(py / step) * step];
    if (bx >= this.side || by >= this.side) return null;
    const pool = arena.first + n;
    const cells = this.#cells(pool);
    const index = Math.floor(by / cells.height) * cells.columns + Math.floor(bx / cells.width);
    if (pools.used[pool] === 0 || index >= (pools.capacity[pool] as number)) return { pool, block: -1, index: -1 };
    return { pool, block: (blocks.starts[pool] as number) + index, index };
  }

  /** Draws all pixels; `palette` by code. Blocks have seams where they are large enough. */
  paint(pixels: Uint32Array, width: number, height: number, palette: Uint32Array, grounds: Grounds): void {
    const { arenas, pools, blocks } = this.#data;
    const { side, scale } = this;
    const columns = this.#columns;
    const step = side + GAP;
    const unit = 1 / scale;
    const { back, unused, gap, kept } = grounds;
    const cells = Array.from(pools.address, (_, pool) => this.#cells(pool));
    for (let y = 0; y < height; y++) {
      const row = y * width;
      const wy = this.y + y * unit;
      const k = Math.floor((wy - ARENA_GAP) / this.#tall);
      const arena = arenas[k];
      const py = wy - ARENA_GAP - k * this.#tall;
      const line = Math.floor(py / step);
      const by = py - line * step;
      if (arena === undefined || by >= side || line >= this.#rows) {
        pixels.fill(back, row, row + width);
        continue;
      }
      for (let x = 0; x < width; x++) {
        const px = this.x + x * unit - GAP;
        const column = Math.floor(px / step);
        const bx = px - column * step;
        const n = line * columns + column;
        if (px < 0 || column >= columns || bx >= side || n >= arena.total) {
          pixels[row + x] = back;
          continue;
        }
        const pool = arena.first + n;
        if (n >= arena.carved || pools.used[pool] === 0) {
          pixels[row + x] = unused;
          continue;
        }
        const cell = cells[pool] as { columns: number; width: number; height: number };
        const cx = (bx / cell.width) | 0;
        const cy = (by / cell.height) | 0;
        const index = cy * cell.columns + cx;
        if (index >= (pools.capacity[pool] as number)) pixels[row + x] = back;
        else if (cell.height * scale >= 4 && (bx - cx * cell.width < unit || by - cy * cell.height < unit))
          pixels[row + x] = gap;
        else {
          const code = blocks.codes[(blocks.starts[pool] as number) + index] as number;
          // what a free list keeps is hatched
          pixels[row + x] = code === 1 && ((x + y) & 3) === 0 ? kept : (palette[code] as number);
        }
      }
    }
  }
}
