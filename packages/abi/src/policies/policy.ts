// What differs between CPython versions without touching struct layouts: a policy is data (design D8).

export interface Policy {
  /** As `--python` takes it. */
  readonly name: string;
  readonly version: readonly [major: number, minor: number, micro: number];
  /** The word in memory, 0x400038: ordered as the versions are. 3.14.5 went back to an older collector, as 3.15 has it: 315. */
  readonly number: number;
  readonly allocator: {
    readonly arenaSize: number;
    readonly poolSize: number;
    /** How an address is found to belong to an arena: by the index in its pool's header, or by a radix tree. */
    readonly lookup: 'pool-header' | 'radix-tree';
    /** The last usable arena stays when it gets empty (3.9). */
    readonly keepsEmptyArena: boolean;
  };
  readonly collector: {
    readonly kind: 'generational' | 'incremental';
    readonly thresholds: readonly [number, number, number];
    /** A due collection runs inside the allocation that makes it due, or at the evaluation loop's next poll. */
    readonly when: 'allocation' | 'eval-breaker';
    /** Which containers a collector need not see: found out when it passes them, or when they are made (3.14). */
    readonly untracks: 'tuples and dicts' | 'tuples';
    /** A Python frame is an object that the collector counts when it is made (up to 3.10). */
    readonly countsFrames: boolean;
  };
  readonly counts: {
    /** PEP 683: small ints, None, True, False, static types and static strings have no count to speak of. */
    readonly immortal: boolean;
    /** What a small int and None start with (a label for the reader: counted ones start at 1 here). */
    readonly smallIntsStart: number;
    /** Interned strings never die (3.12 alone). */
    readonly internedImmortal: boolean;
    /** LOAD_FAST pushes a borrowed reference where the compiler proved that the local outlives it (3.14). */
    readonly borrowedLoads: boolean;
    /** A Python-to-Python call moves the caller's stack references into the callee's locals (3.11), or copies them. */
    readonly callMovesArguments: boolean;
    /** f(*args, **kwargs) runs in the caller's loop, its tuple's references moved (3.12), or as a nested call that holds them. */
    readonly starCallMovesArguments: boolean;
  };
  /** An instance has a dict object from its first attribute on, instead of inline values (up to 3.10). */
  readonly eagerInstanceDicts: boolean;
  readonly stringHash: 'siphash24' | 'siphash13';
  /** Which interpreter answered tests/policies/probe.py, or null where no one could run it. */
  readonly recorded: string | null;
  /** Statements about this policy that no one could measure, as shown to the user. */
  readonly unverified: readonly string[];
}
