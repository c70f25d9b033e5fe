/** What the time strip draws of a whole run: samples along it, and what stands out. */
export interface StripData {
  /** The last moment. */
  readonly length: number;
  /** Moments, rising; each value holds from its moment on. */
  readonly at: readonly number[];
  /** Bytes of the objects that the program made, imports left out, and that live. */
  readonly live: readonly number[];
  /** Objects made so far, by serial number. */
  readonly made: readonly number[];
  /** Objects of the program that were born, or died, since the sample before. */
  readonly born: readonly number[];
  readonly died: readonly number[];
  /** Bytes of them that nothing leads to; null: not computed. */
  readonly unreachable: readonly (number | null)[];
  readonly collections: readonly { readonly at: number; readonly generation: number; readonly freed: number }[];
  /** Lines of the program's own file in the order in which they ran, where they are few; else null. */
  readonly lines: readonly { readonly at: number; readonly line: number }[] | null;
  /** All steps by line are known. */
  readonly complete: boolean;
}
