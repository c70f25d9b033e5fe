// The names that a piece of the program can use, by the kind of value they hold.
//
// Kinds: i int, f float, s str, y bytes, l list, t tuple, d dict, e set, o instance, w weakref, g generator.
export const KINDS = ['i', 'f', 's', 'y', 'l', 't', 'd', 'e', 'o'];
export const CONTAINERS = ['l', 't', 'd', 'e', 'o'];

export class Scope {
  constructor(outer = null) {
    this.outer = outer;
    /** @type {Map<string, string>} name → kind, of the names that this scope itself binds */
    this.own = new Map();
    /** How deep in loops the code is: what grows is not made inside two of them. */
    this.loops = outer?.loops ?? 0;
    this.isFunction = false;
    this.isGenerator = false;
    this.isLoop = false;
  }

  /** The readable names of a kind. */
  names(kind) {
    const found = [...this.own].filter(([, k]) => k === kind).map(([name]) => name);
    return this.outer === null ? found : [...found, ...this.outer.names(kind).filter((n) => !this.own.has(n))];
  }

  ownNames(kind) {
    return [...this.own].filter(([, k]) => k === kind).map(([name]) => name);
  }
}
