// A recording as a file: written front to back, chunk by chunk.
import type { Recording } from '../recording.ts';
import type { About, Identity, InputKind } from './about.ts';
import { ContainerWriter, type FileCodec } from './container.ts';
import { type FunctionNames, functionNames } from './host.ts';
import { answerToKeep, type InputSummary, OMITTABLE, summarize } from './inputs.ts';
import { writePages } from './pages.ts';
import { writeLog, writeOutputs, writeTold } from './sections.ts';

export interface WriteOptions {
  readonly codec: FileCodec;
  readonly identity: Identity;
  /** Leave out what the program read: input, files, environment, clock, randomness. */
  readonly omitInputs?: boolean;
}
export interface Written {
  readonly bytes: number;
  readonly checkpoints: number;
  readonly inputs: readonly InputSummary[];
}

/** Gives the file to `write`, part by part. */
export function writeRecording(
  recording: Recording,
  write: (part: Uint8Array) => void,
  options: WriteOptions,
): Written {
  const { recorded } = recording;
  const { log, checkpoints } = recorded;
  const env = environmentOf(recorded.settings.env, recorded.host.machine?.env);
  const omitted: readonly InputKind[] = options.omitInputs === true ? OMITTABLE : [];
  const inputs = summarize(log, env, omitted);
  const file = new ContainerWriter(write, options.codec);
  const about = aboutOf(recording, options.identity, omitted);
  file.section('ABOU', (out) => out.value(about));
  file.section('LOGS', (out, full) => writeLog(out, full, log, (request) => answerToKeep(request, omitted)));
  file.section('TOLD', (out, full) => writeTold(out, full, recording.prints, recording.exceptions));
  file.section('OUTP', (out, full) => writeOutputs(out, full, recording.outputs));
  writePages(file, checkpoints.list, checkpoints.store);
  file.end();
  return { bytes: file.length, checkpoints: checkpoints.list.length - 1, inputs };
}

function environmentOf(...places: (Readonly<Record<string, string>> | undefined)[]): Readonly<Record<string, string>> {
  return Object.assign({}, ...places) as Record<string, string>;
}

function aboutOf(recording: Recording, identity: Identity, omitted: readonly InputKind[]): About {
  const { recorded } = recording;
  const { settings, host, interrupts, realm } = recorded;
  const { random: _r, terminalSize: _t, env, ...machine } = host.machine ?? {};
  const keepsEnv = !omitted.includes('environment');
  const { env: settingsEnv, ...others } = settings;
  const { fatal, ...stop } = recorded.stop;
  const { leftovers: _l, fatal: endFatal, ...end } = recorded.end;
  const functions: FunctionNames = functionNames(host);
  return {
    identity,
    before: recorded.before,
    pages: realm.hashes.length,
    settings: { ...others, ...(keepsEnv && settingsEnv !== undefined ? { env: settingsEnv } : {}) },
    machine: { ...machine, ...(keepsEnv && env !== undefined ? { env } : {}) },
    functions,
    mainFile: recorded.mainFile,
    length: recorded.length,
    stop: { ...stop, ...(fatal === undefined ? {} : { fatal: plainFatal(fatal) }) },
    end: { ...end, leftovers: [], ...(endFatal === undefined ? {} : { fatal: plainFatal(endFatal) }) },
    interval: recorded.interval,
    milliseconds: recorded.milliseconds,
    checkpointMilliseconds: recorded.checkpointMilliseconds,
    interrupts: { asked: interrupts.asked, at: interrupts.at },
    omitted,
  };
}
type Fatal = NonNullable<About['stop']['fatal']>;
function plainFatal({ name, message, signal, text, func, address }: Fatal): Fatal {
  return { name, message, signal, text, func, address };
}
