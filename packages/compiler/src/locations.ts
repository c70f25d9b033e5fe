// Reading a code object's two compressed tables: locations (PEP 626, 657) and exception handlers.
import type { CodeData } from './code.ts';
import { Loc, NO_LOCATION } from './codegen/instructions.ts';

export interface LocationRange {
  /** Byte offsets into co_code. */
  start: number;
  end: number;
  loc: Loc;
}

export interface ExceptionEntry {
  start: number;
  end: number;
  target: number;
  depth: number;
  lasti: boolean;
}

class Reader {
  bytes: Uint8Array;
  at = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  byte(): number {
    return this.bytes[this.at++]!;
  }

  varint(): number {
    let value = 0;
    for (let shift = 0; ; shift += 6) {
      const byte = this.byte();
      value |= (byte & 63) << shift;
      if ((byte & 64) === 0) return value;
    }
  }

  signedVarint(): number {
    const value = this.varint();
    return value & 1 ? -(value >>> 1) : value >>> 1;
  }

  /** Of the exception table: most significant six bits first. */
  bigVarint(): number {
    let byte = this.byte();
    let value = byte & 63;
    while (byte & 64) {
      byte = this.byte();
      value = (value << 6) | (byte & 63);
    }
    return value;
  }
}

/** co_positions(), one range for each entry of the table; a line without columns has col -1. */
export function locationRanges(code: CodeData): LocationRange[] {
  const reader = new Reader(code.co_linetable);
  const ranges: LocationRange[] = [];
  let line = code.co_firstlineno;
  let offset = 0;
  while (reader.at < reader.bytes.length) {
    const head = reader.byte();
    const kind = (head >> 3) & 15;
    const start = offset;
    offset += ((head & 7) + 1) * 2;
    let loc: Loc;
    if (kind === 15) {
      loc = NO_LOCATION;
    } else if (kind === 14) {
      line += reader.signedVarint();
      const endLine = line + reader.varint();
      const col = reader.varint() - 1;
      loc = new Loc(line, endLine, col, reader.varint() - 1);
    } else if (kind === 13) {
      line += reader.signedVarint();
      loc = new Loc(line, line, -1, -1);
    } else if (kind >= 10) {
      line += kind - 10;
      const col = reader.byte();
      loc = new Loc(line, line, col, reader.byte());
    } else {
      const second = reader.byte();
      const col = (kind << 3) | (second >> 4);
      loc = new Loc(line, line, col, col + (second & 15));
    }
    ranges.push({ start, end: offset, loc });
  }
  return ranges;
}

export function exceptionEntries(code: CodeData): ExceptionEntry[] {
  const reader = new Reader(code.co_exceptiontable);
  const entries: ExceptionEntry[] = [];
  while (reader.at < reader.bytes.length) {
    const start = reader.bigVarint() * 2;
    const end = start + reader.bigVarint() * 2;
    const target = reader.bigVarint() * 2;
    const depthLasti = reader.bigVarint();
    entries.push({ start, end, target, depth: depthLasti >> 1, lasti: (depthLasti & 1) === 1 });
  }
  return entries;
}
