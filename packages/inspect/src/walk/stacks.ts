// What runs: each thread with its frames, their lines, locals and value stacks.
import { PyThreadState } from '@moult/abi';
import type { Reader } from '../reader.ts';
import { framesOf } from '../references/frames.ts';
import { threadsOf } from '../target.ts';
import { type FrameInfo, frameInfo } from '../values/frames.ts';

export interface ThreadStack {
  /** The thread state. */
  readonly thread: number;
  /** Innermost first; without those that run no code object. */
  readonly frames: FrameInfo[];
}

export function stacksOf(reader: Reader): ThreadStack[] {
  return threadsOf(reader.target).map((thread) => ({
    thread,
    frames: framesOf(reader, reader.ptr(thread + PyThreadState.current_frame)).flatMap(
      (frame) => frameInfo(reader, frame) ?? [],
    ),
  }));
}
