// What differs between CPython versions without touching struct layouts: a policy is data (design D8).

export interface Policy {
  /** As `--python` takes it. */
  readonly name: string;
  readonly version: readonly [major: number, minor: number, micro: number];
  readonly allocator: {
    readonly arenaSize: number;
    readonly poolSize: number;
    /** How an address is found to belong to an arena: by the index in its pool's header, or by a radix tree. */
    readonly lookup: 'pool-header' | 'radix-tree';
  };
  readonly collector: {
    readonly kind: 'generational' | 'incremental';
    readonly thresholds: readonly [number, number, number];
    /** A due collection runs inside the allocation that makes it due, or at the evaluation loop's next poll. */
    readonly when: 'allocation' | 'eval-breaker';
  };
  readonly counts: {
    /** PEP 683: small ints, None, True, False, static types and interned static strings have no count to speak of. */
    readonly immortal: boolean;
    /** What a small int and None start with where they are counted (a label for the reader, real starts vary). */
    readonly smallIntsStart: number;
    /** LOAD_FAST pushes a borrowed reference where the compiler proved that the local outlives it (3.14). */
    readonly borrowedLoads: boolean;
    /** A Python-to-Python call moves the caller's stack references into the callee's locals (3.11), or copies them. */
    readonly callMovesArguments: boolean;
  };
  /** An instance has a dict object from its first attribute on, instead of inline values (up to 3.10). */
  readonly eagerInstanceDicts: boolean;
  readonly stringHash: 'siphash24' | 'siphash13';
  /** Statements about this policy that no one could measure, as shown to the user. */
  readonly unverified: readonly string[];
}
