/** What gc.set_threshold(), gc.freeze() and gc.disable() do, for them and for a host that asks before the program begins. */
import { _gc_runtime_state as gcs, gc_generation } from '@moult/abi';
import { i32, POLICY, setI32 } from '../memory/linear.ts';
import { GC_STATE } from '../objects/runtime.ts';
import { GEN_HEAD, NUM_GENERATIONS, PERMANENT } from './gcmain.ts';
import { freezeIncremental } from './incremental.ts';
import { gc_list_merge } from './lists.ts';

export interface CollectorSettings {
  /** Of generation 0, 1 and 2; what is left out stays as it is. */
  readonly threshold?: readonly number[];
  /** Whatever lives before the program's first instruction is never looked at. */
  readonly freeze?: boolean;
  readonly disable?: boolean;
}

export function setThresholds(values: readonly number[]): void {
  values.forEach((v, i) => {
    setI32(GEN_HEAD(i) + gc_generation.threshold, v);
  });
}
export function freeze(): void {
  if (i32(POLICY) === 314) {
    freezeIncremental();
    return;
  }
  for (let i = 0; i < NUM_GENERATIONS; i++) {
    gc_list_merge(GEN_HEAD(i), PERMANENT);
    setI32(GEN_HEAD(i) + gc_generation.count, 0);
  }
}
export function enable(on: boolean): void {
  setI32(GC_STATE + gcs.enabled, on ? 1 : 0);
}
export function applySettings(settings: CollectorSettings): void {
  if (settings.threshold !== undefined) setThresholds(settings.threshold);
  if (settings.freeze === true) freeze();
  if (settings.disable === true) enable(false);
}
