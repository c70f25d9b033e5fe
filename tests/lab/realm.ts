// A realm for tests of the lab's models: a program recorded in the tracing build, and the models with it. Bundled by
// models.test.ts; a second program needs a second copy of the module, for a realm is a process.
import { readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { layoutOf, pictureParts } from '@moult/picture';
import { Places, record } from '@moult/recorder';
import { createProcess, processMemory, processView, STOP_HERE, WHEN_WHOLE } from '@moult/runtime';
import { nodeHost } from '../../apps/cli/src/host.ts';
import type { ModelContext } from '../../apps/lab/src/model/context.ts';
import { models } from '../../apps/lab/src/model/index.ts';
import { picturesOf } from '../../apps/lab/src/model/picture/picture.ts';
import type { Unit, ViewId, ViewOptions } from '../../apps/lab/src/protocol.ts';
import { Recorded } from '../../apps/lab/src/worker/context.ts';
import { Stops } from '../../apps/lab/src/worker/stops.ts';

const OPTIONS: ViewOptions = { level: 'simple', unit: 'line', selected: null, pinned: [], narrow: false, own: {} };

export class LabRealm {
  readonly recorded: Recorded;
  readonly stops: Stops;
  readonly written: string[] = [];

  constructor(file: string, python = '3.13') {
    const cwd = dirname(file);
    const decoder = new TextDecoder();
    const write = (fd: number, data: Uint8Array): void => {
      this.written.push(`${fd}:${decoder.decode(data)}`);
    };
    const host = nodeHost({ cwd, env: {}, stdin: new Uint8Array(0), write });
    const recording = record(
      { createProcess, processMemory, processView, STOP_HERE, WHEN_WHOLE },
      { program: { kind: 'file', path: file }, args: [], python, env: {}, cwd, limits: {}, host },
      { now: () => performance.now() },
    );
    this.stops = new Stops(recording);
    this.recorded = new Recorded(
      recording,
      { name: basename(file), source: readFileSync(file, 'utf8') },
      python,
      this.stops,
    );
  }

  get length(): number {
    return this.recorded.recording.length;
  }
  moment(place: string): number {
    return place === 'end' ? this.length : new Places(this.recorded.recording).resolve(place);
  }
  /** The moments of all line steps. */
  lines(): number[] {
    return [...(this.stops.lines() ?? []).map(({ at }) => at), this.length];
  }
  context(at: number, options: Partial<ViewOptions> = {}): ModelContext {
    this.recorded.recording.seek(at);
    return this.recorded.context({ ...OPTIONS, ...options });
  }
  /** A view's data, as the page would get it. */
  show<T>(view: ViewId, at: number, options: Partial<ViewOptions> = {}): T {
    const model = models[view];
    if (model === undefined) throw new Error(`no model ${view}`);
    return structuredClone(model(this.context(at, options))) as T;
  }
  /** Where each card lies at a moment, by what a path to it came past. */
  places(at: number, unit: Unit = 'line'): Record<string, string> {
    const context = this.context(at, { unit });
    const { scene, cast, stack } = picturesOf(context, {}).at(at);
    const layout = layoutOf(scene, cast, stack);
    const spot = (p: { x: number; y: number }): string => `${p.x},${p.y}`;
    return Object.fromEntries([
      ...layout.frames.map((f) => [`f${f.card.id}`, spot(f)]),
      ...layout.objects.map((o) => [`o${o.card.id}`, spot(o)]),
    ]);
  }
  parts(at: number): readonly { readonly key: string; readonly markup: string }[] {
    const context = this.context(at);
    const { scene, cast, stack } = picturesOf(context, {}).at(at);
    return pictureParts(scene, { cast, stack }).parts;
  }
}
