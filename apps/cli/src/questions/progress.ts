// One line that tells how far long work is, on standard error, only where that is a terminal.
import { isatty } from 'node:tty';
import { writeAll } from '../output.ts';

const EVERY_MS = 200;
/** What takes less is not worth a line. */
const SILENT_MS = 500;

export class Progress {
  readonly #title: string;
  readonly #shows = isatty(2);
  readonly #started = performance.now();
  #last = 0;
  #shown = false;

  constructor(title: string) {
    this.#title = title;
  }
  show(text: string): void {
    const now = performance.now();
    if (!this.#shows || now - this.#started < SILENT_MS || now - this.#last < EVERY_MS) return;
    this.#last = now;
    this.#shown = true;
    writeAll(2, `\r\x1b[Kmoult: ${this.#title}: ${text}`);
  }
  done(): void {
    if (this.#shown) writeAll(2, '\r\x1b[K');
    this.#shown = false;
  }
}
