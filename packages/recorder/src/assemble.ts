// What a recording stands on in its realm: the process, its host behind the log, the pages, the serial numbers, what is told.
import { bufferMemory } from '@moult/abi';
import { engineTarget, Reader, type Target } from '@moult/inspect';
import type { Process, ProcessHost, ProcessMemory, ProcessOptions } from '@moult/runtime';
import type { Engine } from './engine.ts';
import { type Interrupts, type Output, recordedHost } from './inputs/host.ts';
import { InputLog } from './inputs/log.ts';
import { Checkpoints } from './pages/checkpoints.ts';
import { RealmPages } from './pages/realm.ts';
import { Serials } from './serials.ts';
import { Told } from './told.ts';

/** What stands outside the bytes at a checkpoint. */
export interface HostState {
  /** Requests of the log that have been answered. */
  readonly requests: number;
  readonly interrupts: number;
  /** Objects made. */
  readonly serials: number;
}

/** How a process is made: what of it comes from the recorder is left out. */
export type Settings = Omit<ProcessOptions, 'host' | 'image' | 'telling' | 'allocations' | 'observer'>;

export interface Assembly {
  readonly engine: Engine;
  readonly settings: Settings;
  /** What the process is given of the outside. */
  readonly host: ProcessHost;
  readonly process: Process;
  readonly memory: ProcessMemory;
  readonly log: InputLog;
  readonly interrupts: Interrupts;
  readonly outputs: Output[];
  readonly told: Told;
  readonly serials: Serials;
  readonly target: Target;
  readonly realm: RealmPages;
  readonly checkpoints: Checkpoints<HostState>;
}

/** Bytes that the checkpoints may take where nothing else is said. */
const MEMORY = 256 << 20;

/** A process in the engine's realm that has not begun, speaking with `options.host` through `log`. */
export function assemble(
  engine: Engine,
  options: ProcessOptions,
  memoryBound: number | undefined,
  inputs: { readonly log: InputLog; readonly interrupts: Interrupts } = {
    log: new InputLog(),
    interrupts: { asked: 0, at: [] },
  },
): Assembly {
  const { log, interrupts } = inputs;
  const outputs: Output[] = [];
  const host = recordedHost(log, options.host, interrupts, {
    written(fd, data) {
      if (!log.replaying) outputs.push({ at: process.instructions, fd, data: data.slice() });
    },
  });
  const { host: outside, image, telling: _t, allocations: _a, observer: _o, ...settings } = options;
  const { memory: memoryLimit, recursion } = options.limits ?? {};
  const limits = {
    ...(memoryLimit === undefined ? {} : { memory: memoryLimit }),
    ...(recursion === undefined ? {} : { recursion }),
  };
  const told = new Told(
    () => process.instructions,
    () => new Reader(target),
    () => !log.replaying,
  );
  const memory = engine.processMemory();
  const serials = new Serials(memory);
  const process: Process = engine.createProcess({
    ...settings,
    ...(image === undefined ? {} : { image }),
    limits,
    host,
    telling: told.telling,
    allocations: serials.allocations,
  });
  const { buffer, ...view } = engine.processView();
  const target = engineTarget(bufferMemory(buffer), view);
  const realm = new RealmPages(memory, serials);
  const checkpoints = new Checkpoints<HostState>(realm, memoryBound ?? MEMORY);
  return {
    engine,
    settings: { ...settings, limits },
    host: outside,
    process,
    memory,
    log,
    interrupts,
    outputs,
    told,
    serials,
    target,
    realm,
    checkpoints,
  };
}

export function stateOf({ log, interrupts, serials }: Assembly): HostState {
  return { requests: log.position, interrupts: interrupts.asked, serials: serials.made };
}
