/**
 * The way for arrows that lead back or far: a shortest path on the lines between cards (gutters, and lanes under each
 * card), where turns, crossings and lines that are already used cost extra.
 */
import type { Box } from '../layout.ts';
import type { Point } from './path.ts';

const TURN = 40;
const CROSS = 24;
const SHARED = 500;
/** Nothing runs nearer to a card. */
const CLEAR = 6;

export class Streets {
  readonly #xs: number[];
  readonly #ys: number[];
  readonly #boxes: readonly Box[];
  /** How often a node was passed horizontally (even) and vertically (odd). */
  readonly #used: Uint16Array;

  constructor(xs: Iterable<number>, ys: Iterable<number>, boxes: readonly Box[]) {
    this.#xs = sorted(xs);
    this.#ys = sorted(ys);
    this.#boxes = boxes;
    this.#used = new Uint16Array(2 * this.#xs.length * this.#ys.length);
  }

  /** From `start`, leaving to the right, to `goal`, arriving upwards or to the right; both lie on streets. null: no way. */
  way(start: Point, goal: Point, upwards: boolean): Point[] | null {
    const [width, height] = [this.#xs.length, this.#ys.length];
    const from = 2 * (this.#ys.indexOf(start[1]) * width + this.#xs.indexOf(start[0]));
    const to = 2 * (this.#ys.indexOf(goal[1]) * width + this.#xs.indexOf(goal[0])) + Number(upwards);
    if (from < 0 || to < 0) return null;
    const cost = new Float64Array(2 * width * height).fill(Number.POSITIVE_INFINITY);
    const before = new Int32Array(2 * width * height).fill(-1);
    const heap = new Heap();
    cost[from] = 0;
    heap.push(from, 0);
    for (let state = heap.pop(); state >= 0 && state !== to; state = heap.pop()) {
      const node = state >> 1;
      const vertical = state & 1;
      const [x, y] = [node % width, Math.floor(node / width)];
      this.#relax(state, state ^ 1, TURN, cost, before, heap);
      for (const step of [-1, 1]) {
        const [nx, ny] = vertical === 1 ? [x, y + step] : [x + step, y];
        if (nx < 0 || ny < 0 || nx >= width || ny >= height) continue;
        const next = 2 * (ny * width + nx) + vertical;
        const price = this.#price(x, y, nx, ny, next);
        if (price < Number.POSITIVE_INFINITY) this.#relax(state, next, price, cost, before, heap);
      }
    }
    if (cost[to] === Number.POSITIVE_INFINITY) return null;
    const out: Point[] = [];
    for (let state = to; state >= 0; state = before[state] as number) {
      this.#used[state] = (this.#used[state] as number) + 1;
      const node = state >> 1;
      out.push([this.#xs[node % width] as number, this.#ys[Math.floor(node / width)] as number]);
    }
    return out.reverse();
  }

  #relax(state: number, next: number, price: number, cost: Float64Array, before: Int32Array, heap: Heap): void {
    const reached = (cost[state] as number) + price;
    if (reached >= (cost[next] as number)) return;
    cost[next] = reached;
    before[next] = state;
    heap.push(next, reached);
  }
  #price(x: number, y: number, nx: number, ny: number, next: number): number {
    const [x0, x1] = [this.#xs[Math.min(x, nx)] as number, this.#xs[Math.max(x, nx)] as number];
    const [y0, y1] = [this.#ys[Math.min(y, ny)] as number, this.#ys[Math.max(y, ny)] as number];
    for (const b of this.#boxes) {
      const free =
        x1 <= b.x - CLEAR || x0 >= b.x + b.width + CLEAR || y1 <= b.y - CLEAR || y0 >= b.y + b.height + CLEAR;
      if (!free) return Number.POSITIVE_INFINITY;
    }
    return x1 - x0 + (y1 - y0) + SHARED * (this.#used[next] as number) + CROSS * (this.#used[next ^ 1] as number);
  }
}

function sorted(numbers: Iterable<number>): number[] {
  return [...new Set(numbers)].sort((a, b) => a - b);
}

/** A binary heap of states by cost; equal costs come out in the order of their states. */
class Heap {
  readonly #items: { readonly state: number; readonly cost: number }[] = [];

  push(state: number, cost: number): void {
    const items = this.#items;
    let k = items.push({ state, cost }) - 1;
    while (k > 0 && this.#less(k, (k - 1) >> 1)) k = this.#swap(k, (k - 1) >> 1);
  }
  /** -1: empty. */
  pop(): number {
    const items = this.#items;
    if (items.length === 0) return -1;
    this.#swap(0, items.length - 1);
    const { state } = items.pop() as { state: number };
    for (let k = 0; ; ) {
      let least = k;
      for (const child of [2 * k + 1, 2 * k + 2]) if (child < items.length && this.#less(child, least)) least = child;
      if (least === k) return state;
      k = this.#swap(k, least);
    }
  }
  #less(a: number, b: number): boolean {
    const [p, q] = [this.#items[a]!, this.#items[b]!];
    return p.cost < q.cost || (p.cost === q.cost && p.state < q.state);
  }
  #swap(a: number, b: number): number {
    const items = this.#items;
    [items[a], items[b]] = [items[b]!, items[a]!];
    return b;
  }
}
