// What the bytes of a process that died of its own mistake tell about it.
import { bufferMemory, opcodeDeopt, opcodeName, PyCodeObject, PyThreadState } from '@moult/abi';
import {
  describe,
  freeBlocks,
  framesOf,
  type FrameInfo,
  frameInfo,
  hex,
  lineAt,
  nameText,
  poolAt,
  referencesOf,
  Reader,
  threadsOf,
} from '@moult/inspect';
import { type FatalError, processView } from '@moult/runtime';
import type { BlockHistory, Life, Moment } from './history.ts';
import { targetOf } from './target.ts';

const DEAD = 'dddddddddddddddd';
const MOST = 5;
/** Where a process's memory begins. */
const LOWEST = 0x400000;

/** `CALL at offset 24 in f, line 4 of /x/y.py`. */
export function instructionText(reader: Reader, { code, offset }: Moment): string {
  if (code === 0 || reader.typeOrNull(code)?.layout !== 'code') return 'no Python code';
  const opcode = reader.u8(code + PyCodeObject.co_code_adaptive + offset);
  const name = opcodeName(opcodeDeopt[opcode] ?? opcode);
  const func = nameText(reader, reader.ptr(code + PyCodeObject.co_qualname));
  const file = nameText(reader, reader.ptr(code + PyCodeObject.co_filename));
  return `${name} at offset ${offset} in ${func}, line ${lineAt(reader, code, offset) ?? '?'} of ${file}`;
}

export function explainCrash(fatal: FatalError, history: BlockHistory | null): string {
  const lines: string[] = [];
  const reader = new Reader(targetOf(processView()));
  const attempt = (f: () => void): void => {
    try {
      f();
    } catch {
      // what is broken cannot always be read
    }
  };
  if (fatal.signal === 'SIGSEGV') lines.push(fatal.message);
  attempt(() => {
    const frame = topFrame(reader);
    if (frame === null) return;
    lines.push(`it died at ${instructionText(reader, { code: frame.code, offset: frame.lasti })}`);
    lines.push(...suspects(reader, frame).slice(0, MOST));
  });
  if (fatal.address !== 0) attempt(() => lines.push(...blockLines(reader, fatal.address, history)));
  return lines.map((line) => `moult: ${line}\n`).join('');
}

function topFrame(reader: Reader): FrameInfo | null {
  for (const thread of threadsOf(reader.target)) {
    for (const frame of framesOf(reader, reader.ptr(thread + PyThreadState.current_frame))) {
      const info = frameInfo(reader, frame);
      if (info !== null) return info;
    }
  }
  return null;
}

/** Values of the frame, and what its values directly hold, that are no objects. */
function suspects(reader: Reader, frame: FrameInfo): string[] {
  const out: string[] = [];
  const values: [string, number][] = [
    ...frame.locals.map((l): [string, number] => [`local ${l.name}`, l.value]),
    ...(frame.stack ?? []).map((v, i): [string, number] => [`stack[${i}]`, v]),
  ];
  for (const [label, value] of values) {
    if (value === 0) continue;
    const why = whyNoObject(reader, value);
    if (why !== null) out.push(`${label} of ${frame.function} is ${hex(value)}, no object: ${why}`);
    else out.push(...wrongReferences(reader, label, value));
  }
  return out;
}

/** What an object holds that is none. */
function wrongReferences(reader: Reader, label: string, object: number): string[] {
  const out: string[] = [];
  try {
    for (const reference of referencesOf(reader, object)) {
      const why = whyNoObject(reader, reference.target);
      if (why === null) continue;
      out.push(
        `${label}, ${objectText(reader, object)}, holds ${hex(reference.target)} as ${reference.label}, no object: ${why}`,
      );
    }
  } catch {
    // its own fields are broken
  }
  return out;
}

function whyNoObject(reader: Reader, address: number): string | null {
  if (reader.typeOrNull(address) !== null) {
    const block = blockState(reader, address);
    return block === 'free' ? 'its block is free' : null;
  }
  if (address < LOWEST || !reader.has(address, 16)) return 'nothing is mapped there';
  const bytes = bufferMemory(processView().buffer);
  let type = '';
  for (let i = 15; i >= 8; i--)
    type += bytes
      .u8(address + i)
      .toString(16)
      .padStart(2, '0');
  const freed = type === DEAD ? ', the fill of freed memory' : '';
  return `its type is 0x${type.replace(/^0+(?=.)/, '')}${freed}`;
}

/** Whether the block of pymalloc that `address` lies in is in use; null outside its arenas. */
function blockState(reader: Reader, address: number): 'used' | 'free' | null {
  const pool = poolAt(reader, address);
  if (pool === null || pool.blockSize === 0) return null;
  const first = pool.address + 48;
  const block = first + Math.floor((address - first) / pool.blockSize) * pool.blockSize;
  return freeBlocks(reader, pool).includes(block) ? 'free' : 'used';
}

export function blockLines(reader: Reader, address: number, history: BlockHistory | null): string[] {
  const out: string[] = [];
  const pool = poolAt(reader, address);
  if (pool !== null) {
    const state = blockState(reader, address);
    out.push(
      `${hex(address)} lies in a pool of ${pool.blockSize}-byte blocks at ${hex(pool.address)}; its block is ${state}`,
    );
  }
  const start = history?.around(address) ?? null;
  if (history === null || start === null) return out;
  for (const [i, life] of history.at(start).entries()) out.push(lifeText(reader, life, i));
  return out;
}

function lifeText(reader: Reader, life: Life, age: number): string {
  const born = `${age === 0 ? 'the block' : 'before that one'}: ${life.size} bytes of domain '${life.domain}', allocation ${life.serial}, made by ${instructionText(reader, life.born)}`;
  return life.died === null ? `${born}; not freed` : `${born}; freed by ${instructionText(reader, life.died)}`;
}

/** For messages: `[1, 2] (list at 0x…)`. */
export function objectText(reader: Reader, address: number): string {
  const type = reader.typeOrNull(address);
  return type === null ? hex(address) : `${describe(reader, address)} (${type.name} at ${hex(address)})`;
}
