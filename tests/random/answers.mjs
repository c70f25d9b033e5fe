// The recorded answers of native CPython to the random programs: digests of the source and of exit code, stdout and stderr.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ORACLE } from '../corpus.mjs';

export const ANSWERS = join(ORACLE, 'random.json');

export const digest = (text) => createHash('sha256').update(text).digest('hex').slice(0, 16);

/** What a run answered, as one text; the program's own folder is {dir}. */
export function answerText({ stdout, stderr, exitCode }, path) {
  return `${exitCode}\n${stdout}\n${stderr.replaceAll(dirname(path), '{dir}')}`;
}

/** @returns {Record<string, { source: string, answer: string }> | null} by seed */
export function readAnswers() {
  try {
    return JSON.parse(readFileSync(ANSWERS, 'utf8')).programs;
  } catch {
    return null;
  }
}
