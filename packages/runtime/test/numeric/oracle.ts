// The recorded answers of native CPython 3.13 (tools/numeric-oracle.py). NUMERIC_ORACLE names another folder of them.
import { readFileSync } from 'node:fs';

// biome-ignore lint/suspicious/noExplicitAny: rows are what the recorder wrote
export type Row = any;

export function oracle(name: string): Row {
  const folder = process.env.NUMERIC_ORACLE ?? new URL('./oracle', import.meta.url).pathname;
  return JSON.parse(readFileSync(`${folder}/${name}.json`, 'utf8'));
}

const view = new DataView(new ArrayBuffer(8));

export function fromHex(hex: string): number {
  view.setBigUint64(0, BigInt(`0x${hex}`));
  return view.getFloat64(0);
}

/** The bits as the recorder writes them; every NaN alike. */
export function toHex(x: number | null | undefined): string | null {
  if (x === null || x === undefined) return null;
  if (Number.isNaN(x)) return 'nan';
  view.setFloat64(0, x);
  return view.getBigUint64(0).toString(16).padStart(16, '0');
}

export function normalHex(hex: string | null): string | null {
  return hex === null || hex.length !== 16 ? hex : toHex(fromHex(hex));
}

/** The first ten differences, for a readable failure. */
export class Differences {
  readonly list: string[] = [];
  checked = 0;

  check(question: unknown, got: unknown, want: unknown): void {
    this.checked++;
    if (got !== want && this.list.length < 10) {
      this.list.push(`${JSON.stringify(question)}: got ${JSON.stringify(got)}, want ${JSON.stringify(want)}`);
    }
  }
}
