export interface Answer {
  exitCode: number;
  stdout: string;
  stderr: string;
}
export interface Program {
  /** feature/name, without .py */
  name: string;
  feature: string;
  path: string;
  source: string;
  portable: boolean;
  long: boolean;
  leaks: number;
  stdin: string;
  args: string[];
  expected: (Answer & { sha256: string }) | null;
  /** The program changed after its answer was recorded. */
  stale: boolean;
}
export interface CommandResult extends Answer {
  timedOut: boolean;
  ms: number;
}
export interface CommandOptions {
  args?: readonly string[];
  stdin?: string;
  timeoutMs?: number;
  env?: Record<string, string>;
}
export const ROOT: string;
export const PROGRAMS: string;
export const ORACLE: string;
export const CLI: string;
export function listPrograms(filters?: readonly string[]): Program[];
export function readDirectives(source: string): Pick<Program, 'portable' | 'long' | 'leaks' | 'stdin' | 'args'>;
export function runCommand(command: readonly string[], path: string, options?: CommandOptions): Promise<CommandResult>;
export function expectedAnswer(program: Program): Answer;
export function firstDifference(expected: Answer, actual: Answer & { timedOut?: boolean }): string[] | null;
export function relativePath(path: string): string;
