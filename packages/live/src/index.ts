// OTHERS: running CPython processes as a Memory. Node only; nothing is injected, nothing installed, nothing stopped unless asked.
export { attach, type Attached } from './attach.ts';
export type { CopyOptions, ProcessCopy } from './copy/copy.ts';
export { PagedMemory, type Region } from './copy/pagedMemory.ts';
export type { FoundPython } from './find/python.ts';
export type { PythonVersion } from './find/version.ts';
export { type PythonProcess, pythonProcesses } from './list.ts';
export type { Mapping } from './proc/maps.ts';
export { Refusal, type RefusalCode } from './refusal.ts';
