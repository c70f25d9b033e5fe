// Running CPythons for the tests: a program that says a line when it is ready, and then waits.
import { type ChildProcess, spawn } from 'node:child_process';

export interface Running {
  readonly pid: number;
  /** What it has printed, without the line "ready". */
  readonly output: string;
  end(): void;
}

export async function running(python: string, program: string, args: readonly string[] = []): Promise<Running> {
  const child: ChildProcess = spawn(python, ['-c', `${program}\nprint('ready', flush=True)\ninput()`, ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { PYTHONHASHSEED: '0' },
  });
  let output = '';
  child.stdout!.on('data', (data) => {
    output += String(data);
  });
  while (!output.endsWith('ready\n')) {
    if (child.exitCode !== null) throw new Error(`python ended: ${output}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return { pid: child.pid!, output: output.slice(0, -6), end: () => void child.kill('SIGKILL') };
}
