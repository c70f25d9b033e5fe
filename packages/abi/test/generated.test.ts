// Regenerates the layouts where a CPython 3.13.0 with headers and debug information is installed and compares.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
// @ts-expect-error: a plain JavaScript tool
import {
  findInstallation,
  readLayouts,
  renderIdentifiers,
  renderMembers,
  renderStructs,
} from '../../../tools/layouts/layouts.mjs';
// @ts-expect-error: a plain JavaScript tool
import { readOpcodes, renderOpcodes } from '../../../tools/layouts/opcodes.mjs';
import * as abi from '../src/index.ts';

const installation: { library: string; include: string } | null = findInstallation();
const committed = (name: string) => readFileSync(join(import.meta.dirname, '../src/generated', name), 'utf8');

describe.skipIf(!installation)('against an installed CPython 3.13.0', () => {
  it('the structs and identifiers are those of its debug information', () => {
    const layouts = readLayouts(installation);
    expect(renderStructs(layouts)).toBe(committed('structs.ts'));
    expect(renderMembers(layouts)).toBe(committed('members.ts'));
    expect(renderIdentifiers(layouts)).toBe(committed('identifiers.ts'));
  });

  it('the opcodes are those of its headers', () => {
    expect(renderOpcodes(readOpcodes(installation))).toBe(committed('opcodes.ts'));
  });

  it('the stack effects are those that it computes', () => {
    const python = join(dirname(dirname(installation!.library)), 'bin', 'python3.13');
    const script = `
import _opcode, json
rows = []
for op in range(268):
    for arg in (0, 1, 2, 3, 5, 8, 259):
        for jump in (None, True, False):
            try: e = _opcode.stack_effect(op, arg if _opcode.has_arg(op) else None, jump=jump)
            except ValueError: e = None
            rows.append([op, arg if _opcode.has_arg(op) else 0, jump, e])
print(json.dumps(rows))`;
    const rows: [number, number, boolean | null, number | null][] = JSON.parse(
      execFileSync(python, ['-c', script], { encoding: 'utf8', maxBuffer: 1 << 24 }),
    );
    expect(rows.length).toBe(268 * 7 * 3);
    const wrong = rows.filter(
      ([op, arg, jump, effect]) => abi.opcodeAt(op) && abi.stackEffect(op, arg, jump ?? undefined) !== effect,
    );
    expect(wrong).toEqual([]);
  });

  it('every flag has the value that its headers give it', () => {
    const files = execFileSync('find', [installation!.include, '-name', '*.h'], { encoding: 'utf8' })
      .trim()
      .split('\n');
    const defines = new Map<string, Set<number>>();
    for (const file of files) {
      if (!existsSync(file)) continue;
      const text = readFileSync(file, 'utf8');
      for (const [, name, raw] of text.matchAll(/^#\s*define\s+(\w+)[ \t]+([^\n]+)/gm)) {
        const expression = raw!
          .replace(/\/[/*].*$/, '')
          .replace(/\b(0x[0-9a-fA-F]+|\d+)[UL]+\b/g, '$1')
          .trim();
        if (!/^[-0-9a-fx()<<|+ ]+$/i.test(expression) || !/\d/.test(expression)) continue;
        let value: number;
        try {
          value = Number(new Function(`return ${expression}`)());
        } catch {
          continue;
        }
        defines.set(name!, (defines.get(name!) ?? new Set()).add(value));
      }
    }
    let checked = 0;
    const wrong: string[] = [];
    for (const [name, value] of Object.entries(abi)) {
      const known = defines.get(name);
      if (typeof value !== 'number' || !known) continue;
      checked++;
      if (![...known].some((k) => k === value || k >>> 0 === value)) wrong.push(`${name}: ${value} is ${[...known]}`);
    }
    expect(wrong).toEqual([]);
    expect(checked).toBeGreaterThan(170);
  });
});

describe('the numbers by themselves', () => {
  it('place the small ints where the talk saw them', () => {
    expect(abi.PY_RUNTIME_ADDRESS + abi._PyRuntimeState.static_objects_singletons_small_ints).toBe(9784704);
    const smallInt = (n: number) => 9784704 + (n + 5) * abi.PyLongObject.SIZE;
    expect([smallInt(9), smallInt(19)]).toEqual([9785152, 9785472]);
  });

  it('give every opcode a sentence', () => {
    expect(Object.keys(abi.opcodeSentences).toSorted()).toEqual(Object.keys(abi.OP).toSorted());
    for (const sentence of Object.values(abi.opcodeSentences)) expect(sentence).toMatch(/^[A-Z_].*\.$/);
  });

  it('read signed and unsigned words from a buffer', () => {
    const buffer = new ArrayBuffer(64);
    new DataView(buffer).setBigInt64(8, -2n, true);
    new DataView(buffer).setBigUint64(16, 0x7fff_1234_5678n, true);
    const memory = abi.bufferMemory(buffer, 0x7f00_0000_0000);
    expect(memory.ssize(0x7f00_0000_0008)).toBe(-2);
    expect(memory.ptr(0x7f00_0000_0010)).toBe(0x7fff_1234_5678);
    expect(memory.has(0x7f00_0000_0038, 8)).toBe(true);
    expect(memory.has(0x7f00_0000_0039, 8)).toBe(false);
    expect(() => memory.u8(0x7f00_0000_0040)).toThrow(abi.UnmappedError);
  });
});
