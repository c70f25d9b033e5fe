// BYTES: the process.
export {
  type CollectorSettings,
  createProcess,
  type FinalReport,
  makeImage,
  type Process,
  type ProcessOptions,
  ProgramNotFound,
  type Program,
  resetRealm,
  restoreProcess,
  type Stop,
  type StopReason,
} from './process/process.ts';
export type {
  HostClock,
  HostEntry,
  HostFiles,
  HostFs,
  HostIo,
  HostMachine,
  HostStat,
  Library,
  ProcessHost,
} from './process/host.ts';
export { compileLibrary } from './process/library.ts';
export {
  type Breakpoint,
  type Budget,
  type LimitName,
  type Limits,
  type Observer,
  STOP_HERE,
  WHEN_WHOLE,
} from './process/watch.ts';
export { type BlockInUse, countBlocks } from './process/blocks.ts';
export { failAllocationFromHere } from './process/failures.ts';
export { memoryUse, type MemoryUse } from './memory/account.ts';
export { ALLOCATORS } from './memory/allocators.ts';
export type { AllocationListener, CollectionPart, TellingListener } from './process/process.ts';
export { currentInstruction } from './process/view.ts';
export { FatalError } from './memory/fatal.ts';
export { classStats, type ClassStats } from './memory/stats.ts';
export {
  type CollectorWork,
  collectorWork,
  processMemory,
  type ProcessMemory,
  processView,
  type ProcessView,
} from './process/view.ts';
