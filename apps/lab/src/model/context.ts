/** What a model is given. Models run in the worker and in tests on Node: bytes in, plain data out, no page. */
import type { Reader } from '@moult/inspect';
import type { Places, Recording } from '@moult/recorder';
import type { Program, Ref, Say, Unit, ViewOptions } from '../protocol.ts';

export interface ModelContext {
  /** Stands at `at`. A model may walk and seek: `go` puts it back before the next model is asked. */
  readonly recording: Recording;
  readonly places: Places;
  readonly program: Program;
  readonly python: string;
  readonly at: number;
  /**
   * Where the step that ends here began: a function of the moment and the unit alone, not of the way here. Null at the beginning.
   */
  readonly before: number | null;
  readonly unit: Unit;
  readonly options: ViewOptions;
  /** The bytes of the present moment; good until the recording moves. */
  reader(): Reader;
  /** The innermost frame that runs next; 0 behind the end. */
  frame(): number;
  refOf(address: number): Ref;
  /** Where an object lies at this moment; 0: it does not live now. */
  addressOf(ref: Ref): number;
  /** Looks at another moment and comes back. */
  lookAt<T>(moment: number, look: () => T): T;
  /** What is made once for a run (`run`) or once for a moment and unit (`moment`), by name. */
  memo<T>(extent: 'run' | 'moment', name: string, make: () => T): T;
}

/** Makes a view's data. The stage's views say the sentence over the stage, too. */
export type Model<Data> = (context: ModelContext) => Data;
export type StageModel<Data extends { readonly say: Say }> = Model<Data>;
