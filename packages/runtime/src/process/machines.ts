/** The natives that keep what they know in native frames (decision 17). */
import type { MachineSpec } from '../objects/nativeframe.ts';
import { typeCall, slotCall } from '../objects/typecall.ts';
import { apply } from '../vm/nativeloop.ts';

export const machines: readonly MachineSpec[] = [apply, typeCall, slotCall];
