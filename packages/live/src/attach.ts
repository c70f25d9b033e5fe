/**
 * A running CPython as something to read: found, copied, verified. Nothing runs in it, nothing is written to it, and unless asked
 * for it is not stopped.
 */
import { arch, platform } from 'node:os';
import type { Target } from '@moult/inspect';
import { type CopyOptions, copyProcess, type ProcessCopy } from './copy/copy.ts';
import { findPython, type FoundPython } from './find/python.ts';
import { verifiedTarget } from './find/verify.ts';
import { type PythonVersion, versionOf } from './find/version.ts';
import { argumentsOf, mappingsOf, residentBytes } from './proc/process.ts';
import { Refusal } from './refusal.ts';

export interface Attached {
  readonly pid: number;
  readonly target: Target;
  readonly version: PythonVersion;
  readonly python: FoundPython;
  readonly copy: ProcessCopy;
  /** The process's command line, and the resident bytes that the system counted at the time of the copy. */
  readonly command: readonly string[];
  readonly resident: number;
}

/** Throws a Refusal, in words, where the process cannot be read. */
export function attach(pid: number, options: CopyOptions = {}): Attached {
  requireSystem();
  const python = findPython(pid, mappingsOf(pid));
  const copy = copyProcess(pid, options);
  const resident = residentBytes(pid);
  const version = versionOf(copy.memory, python);
  const target = verifiedTarget(pid, copy.memory, python, version);
  return { pid, target, version: version as PythonVersion, python, copy, command: argumentsOf(pid), resident };
}

function requireSystem(): void {
  if (platform() === 'linux' && (arch() === 'x64' || arch() === 'arm64')) return;
  throw new Refusal('system', `Live processes can be read on 64-bit Linux; this is ${platform()} on ${arch()}.`);
}
