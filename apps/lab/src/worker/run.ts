/** Runs a program in slices, so that the worker hears what the page says meanwhile; what ran is a recording. */
import { type Recording, recordInSlices } from '@moult/recorder';
import { createProcess, processMemory, processView, STOP_HERE, WHEN_WHOLE } from '@moult/runtime';
import type { Program, RunOptions } from '../protocol.ts';
import { HOME, type HostWatch, labHost, pathOf } from './host.ts';
import type { Library } from './library.ts';

const SLICE = 40;
/** Checkpoints may take so much. */
const HISTORY = 192 << 20;

export interface RunResult {
  readonly recording: Recording;
  readonly stopped: 'no' | 'asked' | 'limit' | 'input' | 'missing';
}

/** Between two slices the worker's messages are heard. */
const breath = (): Promise<void> =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });

export class Runner {
  /** The run that is to be stopped: it may not have begun when that is said. */
  private asked = -1;

  stop(id: number): void {
    this.asked = id;
  }

  async run(
    id: number,
    program: Program,
    options: RunOptions,
    library: Library,
    image: Uint8Array,
    progress: (instructions: number, milliseconds: number) => void,
  ): Promise<RunResult> {
    const watch: HostWatch = { wantsInput: false };
    library.begin();
    const began = performance.now();
    const slices = recordInSlices(
      { createProcess, processMemory, processView, STOP_HERE, WHEN_WHOLE },
      {
        program: { kind: 'file', path: pathOf(program) },
        python: options.python,
        cwd: HOME,
        host: labHost(program, options.input, library, watch),
        image,
        limits: { memory: options.limits.memory },
      },
      {
        memory: HISTORY,
        now: () => performance.now(),
        slice: SLICE,
        limits: { instructions: options.limits.instructions, milliseconds: options.limits.milliseconds },
        progress: () => this.asked !== id && library.missing().length === 0,
      },
    );
    for (;;) {
      const { done, value } = slices.next();
      if (done === true) {
        const stopped = this.asked === id ? 'asked' : this.reason(value, watch, library);
        return { recording: value, stopped };
      }
      progress(value, performance.now() - began);
      await breath();
    }
  }

  private reason(recording: Recording, watch: HostWatch, library: Library): RunResult['stopped'] {
    if (library.missing().length > 0) return 'missing';
    if (watch.wantsInput) return 'input';
    return recording.stop.reason === 'limit' ? 'limit' : 'no';
  }
}
