/** The page's side of the worker: one `show` under way, the latest wish waiting; answers to older runs are dropped. */
import type { FromWorker, Program, RunOptions, ToWorker } from '../protocol.ts';
import { engineCode } from './assets.ts';
import { LibraryLoader } from './library.ts';
import { joined, type Wish } from './wishes.ts';

export type Answer = Exclude<FromWorker, { kind: 'ready' } | { kind: 'wants' }>;

export class Client {
  private worker: Worker | null = null;
  private code: Promise<Blob> | null = null;
  private readonly library = new LibraryLoader();
  private readonly answer: (answer: Answer) => void;
  private started: { readonly program: Program; readonly options: RunOptions } | null = null;
  private id = 0;
  private showing = false;
  private waiting: Wish | null = null;
  memory = 0;

  constructor(answer: (answer: Answer) => void) {
    this.answer = answer;
  }

  /** Fetches what the first run needs; resolves when the worker has answered. */
  async start(python: string): Promise<void> {
    const names = this.library.names();
    this.code ??= engineCode();
    const url = URL.createObjectURL(new Blob([await this.code], { type: 'text/javascript' }));
    const worker = new Worker(url, { name: python });
    this.worker = worker;
    await new Promise<void>((resolve, reject) => {
      worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
        if (data.kind === 'ready') {
          this.memory = data.memory;
          resolve();
        } else this.hear(data);
      };
      worker.onerror = (event) => {
        reject(new Error(event.message));
        this.answer({ kind: 'failed', id: this.id, message: event.message });
      };
    });
    URL.revokeObjectURL(url);
    this.send({ kind: 'library', names: await names, files: [] });
  }

  private send(message: ToWorker): void {
    this.worker?.postMessage(message);
  }

  /** Runs a program; answers carry the number that is returned. */
  async run(program: Program, options: RunOptions): Promise<void> {
    const id = ++this.id;
    this.showing = false;
    this.waiting = null;
    this.started = { program, options };
    const files = await this.library.forProgram(program.source);
    if (id !== this.id) return;
    if (files.length > 0) this.send({ kind: 'library', names: [], files });
    this.send({ kind: 'run', id, program, options });
  }

  stop(): void {
    this.send({ kind: 'stop', id: this.id });
  }

  /** Ends a worker that does not answer, and starts another. */
  async restart(python: string): Promise<void> {
    this.worker?.terminate();
    this.id++;
    this.showing = false;
    this.waiting = null;
    this.library.forget();
    await this.start(python);
  }

  show(wish: Wish): void {
    if (this.showing) {
      this.waiting = joined(this.waiting, wish);
      return;
    }
    this.showing = true;
    this.send({ kind: 'show', id: this.id, ...wish });
  }

  private hear(message: Exclude<FromWorker, { kind: 'ready' }>): void {
    if (message.id !== this.id) return;
    if (message.kind === 'wants') {
      this.bring(message.names).catch((error: unknown) => {
        this.answer({
          kind: 'failed',
          id: message.id,
          message: `The library did not come: ${(error as Error).message}`,
        });
      });
      return;
    }
    if (message.kind === 'moment' || (message.kind === 'failed' && this.showing)) {
      this.showing = false;
      const next = this.waiting;
      this.waiting = null;
      if (next !== null) {
        this.show(next);
        // what was shown is not where the reader wants to be: it is not drawn
        if (message.kind === 'moment' && next.to !== undefined && next.to.kind !== 'step') return;
      }
    }
    this.answer(message);
  }

  private async bring(names: readonly string[]): Promise<void> {
    const { id, started } = this;
    const files = await this.library.files(names);
    if (id !== this.id || started === null) return;
    this.send({ kind: 'library', names: [], files });
    this.send({ kind: 'run', id, ...started });
  }
}
