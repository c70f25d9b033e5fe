/** What a picture needs of a recorded run, in order to keep every object's place over time. The recorder's Recording is one. */
import type { Reader } from '@moult/inspect';

export interface RunSerials {
  /** The serial number of an object; 0 for one that start-up made. */
  of(reader: Reader, object: number): number;
  /** Told of each object that begins and ends, while someone looks; what else it is told does not matter here. */
  listener: {
    born(...told: never[]): void;
    gone(...told: never[]): void;
  } | null;
}
export interface RunCursor {
  frame: number;
  read(): void;
  line(): number;
  isLine(): boolean;
  isCall(): boolean;
  info(): { readonly file: string };
}
export interface PictureRun {
  readonly length: number;
  readonly mainFile: string;
  readonly moment: number;
  readonly ended: boolean;
  /** While a stretch runs: behind the instruction that is under way. */
  readonly running: number;
  readonly cursor: RunCursor;
  readonly serials: RunSerials;
  seek(moment: number): void;
  walk(from: number, to: number, visit: (count: number) => boolean | number | undefined): boolean;
  reader(): Reader;
}
