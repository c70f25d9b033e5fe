// What the system tells of a process, out of /proc. Nothing here reads its memory.
import { readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs';
import { Refusal } from '../refusal.ts';
import { type Mapping, parseMaps } from './maps.ts';

/** A file below /proc/PID as text; a Refusal in words where the system refuses. */
export function procFile(pid: number, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch (error) {
    throw refusalOf(pid, error);
  }
}

export function mappingsOf(pid: number): Mapping[] {
  const maps = parseMaps(procFile(pid, 'maps'));
  if (maps.length > 0) return maps;
  throw new Refusal('gone', `Process ${pid} has no memory of its own: it has ended or is a thread of the system.`);
}

/** The path of the executable as the process sees it, without the mark of a deleted file. */
export function executableOf(pid: number): string {
  try {
    return readlinkSync(`/proc/${pid}/exe`).replace(/ \(deleted\)$/, '');
  } catch (error) {
    throw refusalOf(pid, error);
  }
}

/** The command line, as it was given. */
export function argumentsOf(pid: number): string[] {
  const text = procFile(pid, 'cmdline');
  return text === '' ? [] : text.replace(/\0$/, '').split('\0');
}

/** Resident bytes: what the system counts for the process now. */
export function residentBytes(pid: number): number {
  const match = /^VmRSS:\s+(\d+) kB/m.exec(procFile(pid, 'status'));
  return match === null ? 0 : Number(match[1]) * 1024;
}

export function threadsOfProcess(pid: number): number[] {
  try {
    return readdirSync(`/proc/${pid}/task`).map(Number);
  } catch (error) {
    throw refusalOf(pid, error);
  }
}

/** 'R' runs, 'S' and 'D' wait, 'T' was stopped, 't' is traced, 'Z' has ended. */
export function stateOfThread(pid: number, thread: number): string {
  const text = procFile(pid, `task/${thread}/stat`);
  return text[text.lastIndexOf(')') + 2] ?? '?';
}

/** How long each thread has run: the same text before and after means that none ran between. '' where the system does not tell. */
export function runTimes(pid: number): string {
  try {
    return readdirSync(`/proc/${pid}/task`)
      .map((thread) => `${thread}:${readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'latin1').split(' ')[0]}`)
      .join(' ');
  } catch {
    return '';
  }
}

/** The processes of the system, by number. */
export function allProcesses(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .sort((a, b) => a - b);
}

/** What an error of the system means for who wants to read process `pid`. */
export function refusalOf(pid: number, error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  const code = (error as NodeJS.ErrnoException).code ?? '';
  if (code === 'ENOENT' || code === 'ESRCH') return new Refusal('gone', `There is no process ${pid}, or it has ended.`);
  if (code === 'EACCES' || code === 'EPERM') return permissionRefusal(pid, facts(pid));
  return new Refusal('gone', `Process ${pid} cannot be read: ${(error as Error).message}.`);
}

/** What decides whether a process may be read. */
export interface PermissionFacts {
  /** Of us. */
  readonly uid: number;
  /** The process's owner; null where not even that can be seen. */
  readonly owner: number | null;
  /** Whose the files in /proc/PID are: root's where the process is not dumpable. */
  readonly filesOwner: number | null;
  /** /proc/sys/kernel/yama/ptrace_scope; null: the kernel has none. */
  readonly ptraceScope: number | null;
  /** Whether we hold CAP_SYS_PTRACE. */
  readonly capable: boolean;
}

function facts(pid: number): PermissionFacts {
  const read = (path: string): string | null => {
    try {
      return readFileSync(path, 'utf8');
    } catch {
      return null;
    }
  };
  const status = read(`/proc/${pid}/status`);
  const owner = /^Uid:\s+(\d+)/m.exec(status ?? '');
  const effective = /^CapEff:\s+([0-9a-f]+)/m.exec(read('/proc/self/status') ?? '');
  const scope = read('/proc/sys/kernel/yama/ptrace_scope');
  let filesOwner: number | null = null;
  try {
    filesOwner = statSync(`/proc/${pid}`).uid;
  } catch {
    // it has ended meanwhile: nothing to tell
  }
  return {
    uid: process.getuid?.() ?? -1,
    owner: owner === null ? null : Number(owner[1]),
    filesOwner,
    ptraceScope: scope === null ? null : Number(scope),
    capable: effective !== null && ((BigInt(`0x${effective[1]}`) >> 19n) & 1n) === 1n,
  };
}

/** The words for what the facts forbid; exported for the tests of its states. */
export function permissionRefusal(pid: number, f: PermissionFacts): Refusal {
  const say = (why: string, help: string) => new Refusal('permission', `Process ${pid} may not be read: ${why}`, help);
  if (f.owner !== null && f.owner !== f.uid && f.uid !== 0) {
    return say(`it belongs to user ${f.owner}, and you are user ${f.uid}.`, `sudo moult … ${pid}`);
  }
  if (f.ptraceScope === 3) {
    return say('this system forbids it to everyone until it restarts (ptrace_scope is 3).', '');
  }
  if (f.ptraceScope === 2 && !f.capable) {
    return say('this system lets only administrators (ptrace_scope is 2).', `sudo moult … ${pid}`);
  }
  if (f.ptraceScope === 1 && !f.capable) {
    return say(
      'this system lets a program read only processes that it started (ptrace_scope is 1).',
      `sudo moult … ${pid}, or let it for now: sudo sysctl kernel.yama.ptrace_scope=0`,
    );
  }
  if (f.uid === 0 && !f.capable) {
    return say(
      'you are root without the right to trace (CAP_SYS_PTRACE), as in most containers.',
      'docker run --cap-add=SYS_PTRACE …, or run moult on the host',
    );
  }
  if (f.owner === f.uid && f.filesOwner === 0 && f.uid !== 0) {
    return say('it is not dumpable: it changed its user or asked the system to protect it.', `sudo moult … ${pid}`);
  }
  return say(
    'the system refuses (a container, a user namespace or a security module may be why).',
    `sudo moult … ${pid}`,
  );
}
