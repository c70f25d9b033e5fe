// `moult ps`: the Python processes of this system that can be read.
import { parseArgs } from 'node:util';
import { type PythonProcess, pythonProcesses } from '@moult/live';
import { UsageError } from '../arguments.ts';
import { count, size } from '../figures.ts';
import { fit, printable } from '../printable.ts';
import { writeOutput } from '../questions/output.ts';

const WIDTH = 100;

export function psCommand(argv: readonly string[]): number {
  const json = parsed(argv);
  const processes = pythonProcesses();
  writeOutput(null, json ? `${JSON.stringify({ processes: processes.map(plain) }, null, 2)}\n` : textOf(processes));
  return 0;
}

function parsed(argv: readonly string[]): boolean {
  try {
    const { values } = parseArgs({ args: [...argv], options: { json: { type: 'boolean' } }, strict: true });
    return values.json === true;
  } catch (e) {
    throw new UsageError((e as Error).message.replace(/\.? To specify.*$/s, ''));
  }
}

function plain(p: PythonProcess) {
  const { pid, version, resident, executable, command, refusal } = p;
  return { pid, version, resident, executable, command, refusal: refusal?.message ?? null };
}

function textOf(processes: readonly PythonProcess[]): string {
  if (processes.length === 0) return 'no Python process runs here that you may look at\n';
  const width = Math.max(60, Math.min(process.stdout.columns ?? WIDTH, 200));
  const lines = [`${'PID'.padStart(8)}  ${'Python'.padEnd(7)} ${'resident'.padStart(10)}  command`];
  for (const p of processes) {
    const start = `${String(p.pid).padStart(8)}  ${(p.version || '?').padEnd(7)} ${size(p.resident).padStart(10)}  `;
    lines.push(start + fit(printable(p.command.join(' ')), width - start.length));
    if (p.refusal !== null) lines.push(`${' '.repeat(10)}${printable(p.refusal.message)}`);
  }
  const readable = processes.filter((p) => p.refusal === null).length;
  if (readable < processes.length) lines.push(`${count(readable)} of ${count(processes.length)} can be read`);
  return `${lines.join('\n')}\n`;
}
