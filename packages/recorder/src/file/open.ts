// A recording from its file: the process is made anew as it was before it began, and the file's states are put behind it.
import type { ProcessOptions } from '@moult/runtime';
import { assemble, stateOf } from '../assemble.ts';
import type { Engine } from '../engine.ts';
import { type InputLog, NotRecorded } from '../inputs/log.ts';
import { BEFORE, record, type RecordSettings } from '../record.ts';
import { Recording } from '../recording.ts';
import { type About, checkAbout, type Identity } from './about.ts';
import { Malformed } from './bytes.ts';
import { BadRecording, ContainerReader, damaged, type FileCodec } from './container.ts';
import { hostOf } from './host.ts';
import { type InputSummary, summarize } from './inputs.ts';
import { readPages } from './pages.ts';
import { readLog, readOutputs, readTold } from './sections.ts';

export interface OpenOptions {
  readonly identity: Identity;
  /** The image of a policy and an allocator, as the recorded process had one. */
  image(python: string, allocator: string | undefined): Uint8Array | undefined;
  /** Bytes that checkpoints may take. */
  readonly memory?: number;
  /** A clock that only measures. */
  readonly now?: () => number;
}

/** A file whose every byte has its checksum; nothing of it has run. Throws BadRecording. */
export class RecordingFile {
  readonly about: About;
  readonly log: InputLog;
  private readonly container: ContainerReader;

  constructor(bytes: Uint8Array, codec: FileCodec) {
    this.container = new ContainerReader(bytes, codec);
    [this.about, this.log] = checked(() => {
      const about = this.container.section('ABOU');
      const what = checkAbout(about.value());
      return [what, readLog(this.container.section('LOGS'))] as const;
    });
  }

  get inputs(): InputSummary[] {
    const { settings, machine, omitted } = this.about;
    const env = { ...settings.env, ...((machine.env ?? {}) as Record<string, string>) };
    return summarize(this.log, env, omitted);
  }

  /** Opens it in the engine's realm. */
  open(engine: Engine, options: OpenOptions): Recording {
    const { about, log, container } = this;
    const { engine: mine } = options.identity;
    if (about.identity.engine !== mine) throw otherEngine(about, options.identity);
    return checked(() => {
      const {
        interrupts,
        identity: _i,
        before,
        pages,
        settings,
        machine: _m,
        functions: _f,
        omitted: _o,
        ...rest
      } = about;
      const asked = { asked: 0, at: [...interrupts.at] };
      const assembly = assemble(engine, this.options(options), options.memory, { log, interrupts: asked });
      const { checkpoints, realm, told } = assembly;
      if (realm.hashes.length !== pages) throw new Malformed('its memory has another size');
      checkpoints.take(BEFORE, stateOf(assembly), { whole: true, fixed: true });
      if (realm.digest() !== before) throw otherEngine(about, options.identity);
      readPages(container, checkpoints, about.length, log.requests.length);
      const { prints, exceptions } = readTold(container.section('TOLD'));
      for (const print of prints) told.prints.push(print);
      Object.assign(told.exceptions, exceptions);
      const outputs = readOutputs(container.section('OUTP'));
      return new Recording({
        ...assembly,
        ...rest,
        settings,
        outputs,
        before,
        now: options.now ?? null,
        fromFile: true,
      });
    });
  }

  /**
   * Runs the program again in this engine, on the recorded inputs. Throws BadRecording where it does not ask for them in the same
   * order, write the same or end the same: then it is another run.
   */
  rerun(engine: Engine, options: OpenOptions, settings: RecordSettings): Recording {
    const { about, log } = this;
    const differs = (what: string): BadRecording =>
      new BadRecording('differs', `run again by this engine the program ${what}: its recorded run cannot be had here`);
    if (about.omitted.length > 0)
      throw new BadRecording(
        'differs',
        'the recording was written without its inputs: the program cannot be run again',
      );
    const limits = about.stop.reason === 'limit' ? { instructions: about.length } : {};
    log.position = 0;
    try {
      const recording = record(engine, this.options(options), {
        ...settings,
        ...(options.memory === undefined ? {} : { memory: options.memory }),
        limits,
      });
      if (recording.end.exitCode !== about.end.exitCode) throw differs('ends with another exit code');
      // what a limit ended may have been about to ask for more
      if (log.position !== log.requests.length && about.stop.reason !== 'limit') throw differs('asks for less');
      return recording;
    } catch (e) {
      if (e instanceof NotRecorded) throw differs(`asks for something else (${e.message})`);
      throw e;
    }
  }

  private options(options: OpenOptions): ProcessOptions {
    const { settings } = this.about;
    const image = options.image(settings.python ?? '3.13', settings.allocator ?? settings.env?.PYTHONMALLOC);
    return { ...settings, host: hostOf(this.about, this.log), ...(image === undefined ? {} : { image }) };
  }
}

function otherEngine(about: About, here: Identity): BadRecording {
  return new BadRecording(
    'engine',
    `the recording was made by Moult ${about.identity.version} with another engine (${about.identity.engine}) than this one's ` +
      `(${here.engine}), whose states are other bytes; --rerun runs the program again on the recorded inputs`,
  );
}

/** What a file with the right checksums still says wrong is damage, too. */
function checked<T>(read: () => T): T {
  try {
    return read();
  } catch (e) {
    if (e instanceof BadRecording || e instanceof NotRecorded) throw e;
    if (e instanceof Malformed) throw damaged(e.message);
    throw damaged(`it cannot be read (${(e as Error).message})`);
  }
}
