// What a formatter refuses: which exception the caller raises, with CPython's message.

export type FormatErrorKind = 'ValueError' | 'OverflowError' | 'TypeError' | 'MemoryError';

export class FormatError {
  readonly kind: FormatErrorKind;
  readonly message: string;

  constructor(kind: FormatErrorKind, message: string) {
    this.kind = kind;
    this.message = message;
  }
}

export function valueError(message: string): never {
  throw new FormatError('ValueError', message);
}
