// What tests/inspect/incrementalDriver.ts found.

/** One word of a process was changed on purpose: did the audits notice? */
export interface Mistake {
  readonly kind: string;
  readonly incrementally: boolean;
  readonly full: boolean;
}

export interface SideBySide {
  steps: number;
  /** Where the two audits did not agree, or found a difference that no one made. */
  readonly wrong: string[];
  readonly mistakes: Mistake[];
}
