// Which moment of a recorded run a person means.
import type { Recording } from '@moult/recorder';
import { UsageError } from '../arguments.ts';

export function momentOf(recording: Recording, text: string): number {
  if (text === 'end') return recording.length;
  const step = /^step:(\d{1,15})$/.exec(text)?.[1];
  if (step === undefined) throw new UsageError(`--at ${text}: give step:N or end`);
  if (Number(step) > recording.length) {
    throw new UsageError(`--at ${text}: the run has ${recording.length.toLocaleString('en-US')} instructions`);
  }
  return Number(step);
}
