// Which moment of a recorded run a person means.
import { BadMoment, Places, type Recording } from '@moult/recorder';
import { UsageError } from '../arguments.ts';
import { printable } from '../printable.ts';
import { Progress } from './progress.ts';

/** `option` is where it was written. */
export function momentOf(recording: Recording, text: string, option = '--at'): number {
  const progress = new Progress(`looking for ${printable(text)}`);
  try {
    return new Places(recording).resolve(text, {
      progress: (done, of) => {
        progress.show(`${Math.round((100 * done) / of)} %`);
        return true;
      },
    });
  } catch (e) {
    if (e instanceof BadMoment) throw new UsageError(`${option} ${printable(e.message)}`);
    throw e;
  } finally {
    progress.done();
  }
}
