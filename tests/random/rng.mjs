// A small seeded generator of random numbers (splitmix32): the same seed gives the same program everywhere.
export class Rng {
  /** @param {number} seed a non-negative integer */
  constructor(seed) {
    this.state = (Math.imul(seed, 0x9e3779b1) ^ 0x5bd1e995) >>> 0;
  }

  /** A 32-bit unsigned integer. */
  next() {
    this.state = (this.state + 0x9e3779b9) >>> 0;
    let z = this.state;
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return (z ^ (z >>> 15)) >>> 0;
  }

  /** An integer from 0 to n - 1. */
  below(n) {
    return this.next() % n;
  }

  /** An integer from a to b, both included. */
  between(a, b) {
    return a + this.below(b - a + 1);
  }

  /** True once in n times. */
  oneIn(n) {
    return this.below(n) === 0;
  }

  pick(list) {
    return list[this.below(list.length)];
  }

  /** One of [weight, value] pairs. */
  weighted(pairs) {
    let at = this.below(pairs.reduce((sum, [weight]) => sum + weight, 0));
    for (const [weight, value] of pairs) {
      at -= weight;
      if (at < 0) return value;
    }
    return pairs[0][1];
  }
}
