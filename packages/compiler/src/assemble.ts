// From instructions to bytes: code with EXTENDED_ARG and caches, location table, exception table, variables
// (CPython's Python/assemble.c).
import type { CodeData } from './code.ts';
import { constantKey } from './codegen/constant-key.ts';
import { type Loc, sameLocation } from './codegen/instructions.ts';
import type { Compiler, Unit } from './codegen/unit.ts';
import type { Constant } from './constants.ts';
import { type Ledger, LIST, noting } from './ledger.ts';
import { cfgFromSequence } from './flowgraph/cfg.ts';
import { type FinishedInstruction, finishCfg, type Handler } from './flowgraph/finish.ts';
import { optimizeCfg } from './flowgraph/optimize.ts';
import { cacheEntries, hasJump, Op } from './opcodes.ts';

const CO_FAST_HIDDEN = 0x10;
const CO_FAST_LOCAL = 0x20;
const CO_FAST_CELL = 0x40;
const CO_FAST_FREE = 0x80;

class ByteWriter {
  bytes = new Uint8Array(256);
  length = 0;

  push(byte: number): void {
    if (this.length === this.bytes.length) {
      const grown = new Uint8Array(this.length * 2);
      grown.set(this.bytes);
      this.bytes = grown;
    }
    this.bytes[this.length++] = byte;
  }

  take(): Uint8Array {
    return this.bytes.slice(0, this.length);
  }
}

interface Placed extends FinishedInstruction {
  /** Start in code units. */
  offset: number;
  /** For a jump: index of its target; its oparg is a distance. */
  target: number;
}

function extendedArgs(oparg: number): number {
  return oparg > 0xffffff ? 3 : oparg > 0xffff ? 2 : oparg > 0xff ? 1 : 0;
}

/** In code units of two bytes. */
function instrSize(instr: FinishedInstruction): number {
  return extendedArgs(instr.oparg) + 1 + cacheEntries[instr.opcode]!;
}

function resolveUnconditionalJumps(instructions: Placed[]): void {
  instructions.forEach((instr, i) => {
    const forward = instr.oparg > i;
    if (instr.opcode === Op.JUMP) instr.opcode = forward ? Op.JUMP_FORWARD : Op.JUMP_BACKWARD;
    else if (instr.opcode === Op.JUMP_NO_INTERRUPT) {
      instr.opcode = forward ? Op.JUMP_FORWARD : Op.JUMP_BACKWARD_NO_INTERRUPT;
    }
  });
}

/** Distances depend on the sizes of instructions, which depend on distances: until nothing changes. */
function resolveJumpOffsets(instructions: Placed[]): void {
  for (const instr of instructions) if (hasJump[instr.opcode] === 1) instr.target = instr.oparg;
  let again: boolean;
  do {
    again = false;
    let total = 0;
    for (const instr of instructions) {
      instr.offset = total;
      total += instrSize(instr);
    }
    let offset = 0;
    for (const instr of instructions) {
      const size = instrSize(instr);
      offset += size;
      if (hasJump[instr.opcode] === 1) {
        instr.oparg = Math.abs(instructions[instr.target]!.offset - offset);
        if (instrSize(instr) !== size) again = true;
      }
    }
  } while (again);
}

function writeCode(instructions: Placed[]): Uint8Array {
  const last = instructions[instructions.length - 1];
  const units = last === undefined ? 0 : last.offset + instrSize(last);
  const code = new Uint8Array(units * 2);
  let at = 0;
  for (const { opcode, oparg } of instructions) {
    for (let k = extendedArgs(oparg); k > 0; k--) {
      code[at++] = Op.EXTENDED_ARG;
      code[at++] = (oparg >>> (8 * k)) & 0xff;
    }
    code[at++] = opcode;
    code[at++] = oparg & 0xff;
    at += 2 * cacheEntries[opcode]!;
  }
  return code;
}

function writeVarint(out: ByteWriter, value: number): void {
  let rest = value;
  while (rest >= 64) {
    out.push(0x40 | (rest & 63));
    rest >>>= 6;
  }
  out.push(rest);
}

function writeSignedVarint(out: ByteWriter, value: number): void {
  writeVarint(out, value < 0 ? (-value << 1) | 1 : value << 1);
}

const CODE_SHORT_LAST_COLUMN = 80;
const CODE_ONE_LINE_0 = 10;
const CODE_NO_COLUMNS = 13;
const CODE_LONG = 14;
const CODE_NONE = 15;

/** One entry: 1cccclll, the code and the length in units less 1, then what the code says. Gives the new line. */
function writeLocationEntry(out: ByteWriter, loc: Loc, size: number, line: number): number {
  const head = (code: number) => out.push(0x80 | (code << 3) | (size - 1));
  const { lineno, endLineno, col, endCol } = loc;
  if (lineno === -1) {
    head(CODE_NONE);
    return line;
  }
  const delta = lineno - line;
  if (col < 0 || endCol < 0) {
    if (endLineno === lineno || endLineno < 0) {
      head(CODE_NO_COLUMNS);
      writeSignedVarint(out, delta);
      return lineno;
    }
  } else if (endLineno === lineno) {
    if (delta === 0 && col < CODE_SHORT_LAST_COLUMN && endCol - col < 16 && endCol >= col) {
      head(col >> 3);
      out.push(((col & 7) << 4) | (endCol - col));
      return line;
    }
    if (delta >= 0 && delta < 3 && col < 128 && endCol < 128) {
      head(CODE_ONE_LINE_0 + delta);
      out.push(col);
      out.push(endCol);
      return lineno;
    }
  }
  head(CODE_LONG);
  writeSignedVarint(out, delta);
  writeVarint(out, endLineno - lineno);
  writeVarint(out, col + 1);
  writeVarint(out, endCol + 1);
  return lineno;
}

function writeLocations(instructions: Placed[], firstlineno: number): Uint8Array {
  const out = new ByteWriter();
  let line = firstlineno;
  let size = 0;
  let loc: Loc | null = null;
  const flush = () => {
    if (loc === null) return;
    for (; size > 8; size -= 8) line = writeLocationEntry(out, loc, 8, line);
    if (size > 0) line = writeLocationEntry(out, loc, size, line);
  };
  for (const instr of instructions) {
    if (loc === null || !sameLocation(loc, instr.loc)) {
      flush();
      loc = instr.loc;
      size = 0;
    }
    size += instrSize(instr);
  }
  flush();
  return out.take();
}

/** Six bits a byte, most significant first; `first` marks the start of an entry. */
function writeExceptionItem(out: ByteWriter, value: number, first: number): void {
  let shift = 0;
  while (value >>> (shift + 6) !== 0) shift += 6;
  let mark = first;
  for (; shift >= 0; shift -= 6) {
    out.push(((value >>> shift) & 0x3f) | (shift > 0 ? 0x40 : 0) | mark);
    mark = 0;
  }
}

function writeExceptionEntry(out: ByteWriter, start: number, end: number, target: number, handler: Handler): void {
  const depth = handler.startdepth - 1 - (handler.preserveLasti ? 1 : 0);
  writeExceptionItem(out, start, 0x80);
  writeExceptionItem(out, end - start, 0);
  writeExceptionItem(out, target, 0);
  writeExceptionItem(out, (depth << 1) | (handler.preserveLasti ? 1 : 0), 0);
}

function writeExceptions(instructions: Placed[]): Uint8Array {
  const out = new ByteWriter();
  let current = null as Handler | null;
  let start = 0;
  let offset = 0;
  for (const instr of instructions) {
    const { handler } = instr;
    if (handler?.index !== current?.index) {
      if (current !== null) writeExceptionEntry(out, start, offset, instructions[current.index]!.offset, current);
      start = offset;
      current = handler;
    }
    offset += instrSize(instr);
  }
  if (current !== null) writeExceptionEntry(out, start, offset, instructions[current.index]!.offset, current);
  return out.take();
}

function localsPlus(u: Unit, size: number): { names: string[]; kinds: Uint8Array } {
  const names: string[] = new Array(size);
  const kinds = new Uint8Array(size);
  for (const [name, at] of u.varnames) {
    let kind = CO_FAST_LOCAL;
    if (u.fasthidden.has(name)) kind |= CO_FAST_HIDDEN;
    if (u.cellvars.has(name)) kind |= CO_FAST_CELL;
    names[at] = name;
    kinds[at] = kind;
  }
  let next = u.varnames.size;
  for (const name of u.cellvars.keys()) {
    if (u.varnames.has(name)) continue;
    names[next] = name;
    kinds[next++] = CO_FAST_CELL;
  }
  for (const name of u.freevars.keys()) {
    names[next] = name;
    kinds[next++] = CO_FAST_FREE;
  }
  return { names, kinds };
}

/** optimize_and_assemble_code_unit: the code object of the unit that is being written. */
export function assembleUnit(c: Compiler, flags: number): CodeData {
  const { u } = c;
  const { ledger } = noting;
  ledger?.born(LIST);
  const cfg = cfgFromSequence(u.sequence);
  const consts: Constant[] = u.constList;
  const merge = (value: Constant): Constant => {
    const key = constantKey(value);
    ledger?.mergeMade(value, key);
    const known = c.constCache.get(key);
    if (known !== undefined) return known;
    c.constCache.set(key, value);
    return value;
  };
  optimizeCfg(cfg, { list: consts, merge }, u.varnames.size, u.ste.varnames.length);
  const { instructions: finished, stackdepth, nlocalsplus } = finishCfg(cfg, u, flags, c.borrowedLoads);
  const instructions: Placed[] = finished.map(({ opcode, oparg, loc, handler }) => ({
    opcode,
    oparg,
    loc,
    handler,
    offset: 0,
    target: -1,
  }));
  resolveUnconditionalJumps(instructions);
  resolveJumpOffsets(instructions);
  const { names, kinds } = localsPlus(u, nlocalsplus);
  const code: CodeData = {
    co_name: u.name,
    co_qualname: u.qualname,
    co_filename: c.filename,
    co_argcount: u.posonlyargcount + u.argcount,
    co_posonlyargcount: u.posonlyargcount,
    co_kwonlyargcount: u.kwonlyargcount,
    co_flags: flags,
    co_stacksize: Math.max(stackdepth, 1),
    co_firstlineno: u.firstlineno,
    co_code: writeCode(instructions),
    co_consts: consts,
    co_names: [...u.names.keys()],
    co_localsplusnames: names,
    co_localspluskinds: kinds,
    co_linetable: writeLocations(instructions, u.firstlineno),
    co_exceptiontable: writeExceptions(instructions),
  };
  if (ledger !== null) noteCode(ledger, code);
  return code;
}

/** The tables and tuples of a code object, merged with equal ones. */
function noteCode(ledger: Ledger, code: CodeData): void {
  for (const v of [code.co_exceptiontable, code.co_linetable, code.co_code]) {
    const bytes: Constant = { t: 'bytes', v };
    ledger.mergeOne(bytes, constantKey(bytes));
  }
  const strings = (names: string[]): Constant[] => names.map((v) => ({ t: 'str', v }));
  for (const v of [strings(code.co_names), code.co_consts, strings(code.co_localsplusnames)]) {
    const tuple: Constant & { t: 'tuple' } = { t: 'tuple', v };
    ledger.own(tuple, constantKey(tuple));
  }
  for (const constant of code.co_consts) ledger.interned(constant);
  ledger.died(LIST);
  code.ledger = ledger.cut();
}
