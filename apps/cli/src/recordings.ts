// Recordings as files on this machine: packing, the engine's identity, what goes wrong in words.
import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import {
  BadRecording,
  type FileCodec,
  type Identity,
  isRecording,
  NotRecorded,
  RecordingFile,
  WrongContent,
} from '@moult/recorder';
import { VERSION } from './version.ts';

declare const __ENGINE__: string;

/** EX_DATAERR of sysexits.h: a recording that cannot be read, or that cannot answer. */
export const EXIT_RECORDING = 65;
export const EXTENSION = '.moult';

const LEVEL = 4;
export const codec: FileCodec = {
  deflate: (data) => deflateRawSync(data, { level: LEVEL }),
  inflate: (packed, size) => inflateRawSync(packed, { maxOutputLength: Math.max(1, size) }),
};

export const identity: Identity = { version: VERSION, engine: __ENGINE__ };

/** By its first bytes, or by its name: what is called so and is none is told to be none. */
export function isRecordingFile(path: string): boolean {
  return path.endsWith(EXTENSION) || isRecording(firstBytes(path));
}
function firstBytes(path: string): Uint8Array {
  const first = new Uint8Array(8);
  try {
    const fd = openSync(path, 'r');
    try {
      return first.subarray(0, readSync(fd, first, 0, first.length, 0));
    } finally {
      closeSync(fd);
    }
  } catch {
    return first;
  }
}

export function readRecordingFile(path: string): RecordingFile {
  try {
    return new RecordingFile(readFileSync(path), codec);
  } catch (e) {
    if (e instanceof BadRecording) throw new BadRecording(e.kind, `'${path}': ${e.message}`);
    throw e;
  }
}

/** What went wrong with a recording, in words; null: something else did. */
export function recordingTrouble(e: unknown): string | null {
  if (e instanceof BadRecording || e instanceof NotRecorded) return e.message;
  return e instanceof WrongContent ? `the recording is damaged: ${e.message}` : null;
}
