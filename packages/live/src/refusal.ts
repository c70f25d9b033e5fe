/** Why a process cannot be read, in words: what was found, and what would help. */
export class Refusal extends Error {
  readonly code: RefusalCode;
  /** A command or a step that would help; '' where nothing does. */
  readonly help: string;
  constructor(code: RefusalCode, message: string, help = '') {
    super(message);
    this.name = 'Refusal';
    this.code = code;
    this.help = help;
  }
}

export type RefusalCode =
  /** Not Linux on a 64-bit little-endian machine. */
  | 'system'
  /** There is no such process, or it ended meanwhile. */
  | 'gone'
  /** The system does not let us read it. */
  | 'permission'
  /** It runs no CPython that could be found. */
  | 'no-python'
  /** A Python whose memory is arranged in another way: free-threaded, PyPy. */
  | 'other-python'
  /** A version without a layout. */
  | 'version'
  /** What was found is not what a CPython's runtime looks like. */
  | 'implausible';
