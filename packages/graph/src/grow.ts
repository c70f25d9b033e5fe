/** Numbers that are appended one by one; room doubles. */
export class Grow {
  #items: Uint32Array;
  #length = 0;

  constructor(room = 1024) {
    this.#items = new Uint32Array(room);
  }
  get length(): number {
    return this.#length;
  }
  push(value: number): void {
    if (this.#length === this.#items.length) {
      const bigger = new Uint32Array(2 * this.#length);
      bigger.set(this.#items);
      this.#items = bigger;
    }
    this.#items[this.#length++] = value;
  }
  /** A copy of exactly the appended numbers. */
  done(): Uint32Array {
    return this.#items.slice(0, this.#length);
  }
}
