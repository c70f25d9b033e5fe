// What the recorder needs of an engine: the tracing build's, handed over by whoever records (a realm holds one process).
import type * as runtime from '@moult/runtime';

export interface Engine extends Pick<typeof runtime, 'createProcess' | 'processMemory' | 'processView'> {
  readonly STOP_HERE: number;
  readonly WHEN_WHOLE: number;
}
