// Where objects are made: the instruction that was under way, as file, function and line, and for code of the library the
// line of the program that led there.
import { _PyInterpreterFrame, PyCodeObject } from '@moult/abi';
import type { CodeInfo } from '../positions/code.ts';
import type { Cursor } from '../positions/cursor.ts';

export interface Line {
  readonly file: string;
  readonly function: string;
  readonly line: number | null;
}

export interface Site extends Line {
  /** Of code of the library: the innermost line of the program's own that it runs for. */
  readonly caller: Line | null;
  /** A library's module was being loaded. */
  readonly loading: boolean;
  /** How often the instruction ran and made something. */
  runs: number;
}

/** Code objects whose sites are kept at hand. */
const MOST_CODES = 50_000;

export class Sites {
  readonly list: Site[] = [];
  private readonly cursor: Cursor;
  private readonly view: DataView;
  private readonly isLibrary: (file: string) => boolean;
  private readonly ids = new Map<string, number>();
  /** By code unit: the site's number and 1. */
  private readonly own = new Map<CodeInfo, Int32Array>();

  constructor(cursor: Cursor, view: DataView, isLibrary: (file: string) => boolean) {
    this.cursor = cursor;
    this.view = view;
    this.isLibrary = isLibrary;
  }

  /** The number of the site of the instruction at `next` of the code at `code`, which `frame` runs. */
  of(frame: number, code: number, next: number, loading: boolean): number {
    const { table } = this.cursor;
    const info = table.at(code);
    const unit = this.cursor.unit(info, next);
    const library = this.isLibrary(info.file);
    if (library) {
      const caller = loading ? null : this.callerOf(frame);
      const key = `${info.file}\0${info.qualname}\0${unit}\0${loading}\0${caller?.file}\0${caller?.line}`;
      return this.add(key, () => ({ ...this.lineOf(code, info, unit), caller, loading, runs: 0 }));
    }
    let units = this.own.get(info);
    if (units === undefined) {
      if (this.own.size >= MOST_CODES) this.own.clear();
      units = new Int32Array(info.lines.length);
      this.own.set(info, units);
    }
    const known = units[unit] as number;
    if (known > 0 && this.list[known - 1]?.loading === loading) return known - 1;
    const key = `${info.file}\0${info.qualname}\0${unit}\0${loading}`;
    const id = this.add(key, () => ({ ...this.lineOf(code, info, unit), caller: null, loading, runs: 0 }));
    units[unit] = id + 1;
    return id;
  }

  private add(key: string, make: () => Site): number {
    const known = this.ids.get(key);
    if (known !== undefined) return known;
    const id = this.list.push(make()) - 1;
    this.ids.set(key, id);
    return id;
  }
  private lineOf(code: number, info: CodeInfo, unit: number): Line {
    const line = unit < 0 ? -1 : this.cursor.table.line(code, info, unit);
    // what a call makes before its first line belongs to the line that defines it
    const first = this.view.getInt32(code + PyCodeObject.co_firstlineno, true);
    return { file: info.file, function: info.qualname, line: line > 0 ? line : first > 0 ? first : null };
  }
  private callerOf(frame: number): Line | null {
    const { view, cursor } = this;
    const outer = (f: number): number => view.getInt32(f + _PyInterpreterFrame.previous, true);
    for (let f = outer(frame); f !== 0; f = outer(f)) {
      if (!cursor.isPython(f)) continue;
      const code = view.getInt32(f, true);
      const info = cursor.table.at(code);
      if (this.isLibrary(info.file)) continue;
      const next = view.getInt32(f + _PyInterpreterFrame.instr_ptr, true);
      return this.lineOf(code, info, cursor.unit(info, next));
    }
    return null;
  }
}
