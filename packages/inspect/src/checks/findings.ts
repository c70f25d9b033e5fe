// What a check found: the address, and the invariant that does not hold there.
export interface Finding {
  readonly address: number;
  readonly what: string;
}

/** Collects findings; a corrupt heap must not fill memory with them. */
export class Findings {
  readonly list: Finding[] = [];
  private readonly limit: number;
  constructor(limit = 100) {
    this.limit = limit;
  }
  add(address: number, what: string): void {
    if (this.list.length < this.limit) this.list.push({ address, what });
  }
  get full(): boolean {
    return this.list.length >= this.limit;
  }
}
