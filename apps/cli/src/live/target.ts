// A process on the command line: its number, in digits alone.
import { UsageError } from '../arguments.ts';

export function processNumber(text: string): number {
  if (/^[1-9]\d{0,9}$/.test(text)) return Number(text);
  throw new UsageError(`'${text}' is no process: give its number (moult ps lists them)`);
}
