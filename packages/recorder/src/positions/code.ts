// Code objects as positions need them: file, name, and the line of each code unit.
import { PyCodeObject, PyVarObject } from '@moult/abi';
import { lineAt, nameText, type Reader } from '@moult/inspect';

export interface CodeInfo {
  readonly file: string;
  readonly name: string;
  readonly qualname: string;
  /** The address of its first instruction, and behind its last. */
  readonly start: number;
  readonly end: number;
  /** The code unit of the RESUME that begins its body. */
  readonly body: number;
  /** By code unit; -1 where no line is known, 0 where it was not asked for yet. */
  readonly lines: Int32Array;
  /** What tells this code object from a later one at the same address. */
  readonly identity: readonly number[];
}

const IDENTITY = [
  PyCodeObject.co_linetable,
  PyCodeObject.co_filename,
  PyCodeObject.co_qualname,
  PyCodeObject.co_consts,
] as const;

export class CodeTable {
  private readonly codes = new Map<number, CodeInfo>();
  private readonly reader: () => Reader;
  private last: CodeInfo | null = null;
  private lastAddress = 0;

  constructor(reader: () => Reader) {
    this.reader = reader;
  }

  /** Moments have passed: code objects may have died, and others lie where they were. */
  forget(): void {
    this.last = null;
  }

  at(address: number): CodeInfo {
    if (address === this.lastAddress && this.last !== null) return this.last;
    const reader = this.reader();
    const identity = IDENTITY.map((offset) => reader.ptr(address + offset));
    let info = this.codes.get(address);
    if (info === undefined || info.identity.some((word, i) => word !== identity[i])) {
      info = this.read(reader, address, identity);
      this.codes.set(address, info);
    }
    this.last = info;
    this.lastAddress = address;
    return info;
  }

  private read(reader: Reader, address: number, identity: readonly number[]): CodeInfo {
    const units = reader.ssize(address + PyVarObject.ob_size);
    const start = address + PyCodeObject.co_code_adaptive;
    return {
      file: nameText(reader, reader.ptr(address + PyCodeObject.co_filename)),
      name: nameText(reader, reader.ptr(address + PyCodeObject.co_name)),
      qualname: nameText(reader, reader.ptr(address + PyCodeObject.co_qualname)),
      start,
      end: start + units * 2,
      body: reader.i32(address + PyCodeObject._co_firsttraceable),
      lines: new Int32Array(units),
      identity,
    };
  }

  line(address: number, info: CodeInfo, unit: number): number {
    const known = info.lines[unit] as number;
    if (known !== 0) return known;
    const line = lineAt(this.reader(), address, unit * 2) ?? -1;
    info.lines[unit] = line;
    return line;
  }
}
