/** What a TextIOWrapper keeps behind its head, and the bits and kinds in it. The drawing is in iotext.ts. */
import { i32, setI32 } from '../memory/linear.ts';
import type { Ref } from '../objects/object.ts';

export const BUFFER = 32;
export const ENCODING = 40;
export const ERRORS = 48;
export const WAITING = 56;
export const WAITING_BYTES = 64;
export const FLAGS = 68;
export const AHEAD = 72;
export const AHEAD_SIZE = 80;
export const POS = 84;
export const END = 88;
export const NEWLINE = 92;
export const KIND = 96;
export const SEEN = 100;
/** Flags. */
export const OK = 1;
export const LINE_BUFFERING = 2;
export const WRITE_THROUGH = 4;
export const SEEKABLE = 8;
export const TELLING = 16;
export const TRANSCODED = 32;
/** Newline modes: universal with translation, '' universal without, then the one end of lines. */
export const UNIVERSAL = 0;
export const KEEP = 1;
export const LF = 2;
export const CR = 3;
export const CRLF = 4;
/** Kinds of encodings. */
export const UTF8 = 0;
export const ASCII = 1;
export const LATIN1 = 2;
export const OTHER = 3;
export const CHUNK = 8192;

export const has = (self: Ref, flag: number): boolean => (i32(self + FLAGS) & flag) !== 0;
export function setFlag(self: Ref, flag: number, on: boolean): void {
  setI32(self + FLAGS, on ? i32(self + FLAGS) | flag : i32(self + FLAGS) & ~flag);
}
