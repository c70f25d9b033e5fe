// A stopped engine's memory in a file, as tests/inspect/memoryDriver.ts writes it.
import { readFileSync } from 'node:fs';
import { bufferMemory } from '@moult/abi';
import { engineTarget, type Target } from '@moult/inspect';

type Options = Omit<Target, 'memory' | 'runtime' | 'interp' | 'layouts'>;
export interface MemoryFile {
  readonly view: Options & { readonly layouts: readonly [string, readonly { label: string; offset: number }[]][] };
  readonly pages: readonly number[];
}

export function readMemoryFile(file: string): { target: Target; view: DataView } {
  const bytes = readFileSync(file);
  const end = bytes.indexOf(10);
  const { view, pages } = JSON.parse(bytes.subarray(0, end).toString()) as MemoryFile;
  const memory = new Uint8Array((pages.at(-1)! + 1) * 4096);
  for (const [i, page] of pages.entries()) {
    memory.set(bytes.subarray(end + 1 + i * 4096, end + 1 + (i + 1) * 4096), page * 4096);
  }
  const { layouts, ...rest } = view;
  const target = engineTarget(bufferMemory(memory.buffer), { ...rest, layouts: new Map(layouts) });
  return { target, view: new DataView(memory.buffer) };
}
