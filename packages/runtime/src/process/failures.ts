/** Allocations counted from the program's first on, and one of them made to fail: for the stress tests (tracing build). */
import { hooks } from '../hooks.ts';

export interface AllocationCount {
  /** How many there were since the program began. */
  made: number;
  /** The one that fails; 0 for none. */
  failing: number;
  /** Where it came to that: our own stack; '' before. */
  failedAt: string;
}
export const allocationCount: AllocationCount = { made: 0, failing: 0, failedAt: '' };

export function stopCountingAllocations(): void {
  hooks.allocate = () => true;
}

export function resetAllocationCount(failing: number): void {
  stopCountingAllocations();
  Object.assign(allocationCount, { made: 0, failing, failedAt: '' });
}

/** The program begins: what follows counts. */
export function startCountingAllocations(): void {
  hooks.allocate = () => {
    if (++allocationCount.made !== allocationCount.failing) return true;
    allocationCount.failedAt = new Error('here').stack ?? '';
    return false;
  };
}

/** In a process that goes on from its bytes: from here on the `failing`-th allocation fails (tracing build). */
export function failAllocationFromHere(failing: number): void {
  resetAllocationCount(failing);
  startCountingAllocations();
}
