// The engine's process as packages/inspect reads it.
import { bufferMemory, type Memory } from '@moult/abi';
import { engineTarget, type Target } from '@moult/inspect';
import type { ProcessView } from '@moult/runtime';

export function targetOf(view: ProcessView): Target {
  const { buffer, ...rest } = view;
  const memory: Memory = bufferMemory(buffer);
  return engineTarget(memory, rest);
}
