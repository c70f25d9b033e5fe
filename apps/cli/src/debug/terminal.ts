// The debugger on a terminal: one key at a time, the screen drawn anew after each command.
import { spawnSync } from 'node:child_process';
import { readSync } from 'node:fs';
import { WriteStream } from 'node:tty';
import { writeAll } from '../output.ts';
import { COLOURS, PLAIN, screenLines } from './screen.ts';
import type { DebugSession } from './session.ts';

const ENTER_SCREEN = '\x1b[?1049h';
const LEAVE_SCREEN = '\x1b[?1049l';
/** Arrow keys on an empty prompt: down and right go on, up and left go back. */
const ARROWS: Readonly<Record<string, string>> = { '\x1b[B': 'n', '\x1b[A': 'rn', '\x1b[C': 's', '\x1b[D': 'rs' };

const ESCAPE = '\x1b';
/** A key: an escape sequence whole, or a character. */
const KEY = new RegExp(`${ESCAPE}(?:\\[[\\d;]*[A-Za-z~]|O?.)|[\\s\\S]`, 'gu');

function stty(...args: string[]): string | null {
  const { status, stdout } = spawnSync('stty', args, { stdio: [0, 'pipe', 'ignore'], encoding: 'utf8' });
  return status === 0 ? stdout.trim() : null;
}

/** Runs until the person quits. The terminal is left as it was. */
export function debugOnTerminal(session: DebugSession): void {
  const saved = stty('-g');
  stty('-icanon', '-echo', '-isig', 'min', '1', 'time', '0');
  writeAll(1, ENTER_SCREEN);
  try {
    loop(session);
  } finally {
    writeAll(1, LEAVE_SCREEN);
    if (saved !== null) stty(saved);
  }
}

function loop(session: DebugSession): void {
  const paint = process.env.NO_COLOR !== undefined || process.env.TERM === 'dumb' ? PLAIN : COLOURS;
  let line = '';
  let message = 'h lists the commands';
  let before = new Map<string, number | null>();
  const draw = (): void => {
    const { width, height } = size();
    const lines = screenLines(session, { width, height, paint, message, prompt: `(moult) ${line}`, before });
    writeAll(1, `\x1b[H${lines.map((l) => `${l}\x1b[K`).join('\r\n')}\x1b[J`);
  };
  const carryOut = (command: string): void => {
    const { moment } = session.recording;
    const counts = new Map(session.variables().map((v) => [v.name, v.count]));
    message = session.execute(command);
    // looking around marks nothing as changed
    if (session.recording.moment !== moment) before = counts;
  };
  const keys: string[] = [];
  while (!session.finished) {
    if (keys.length === 0) {
      draw();
      keys.push(...(readKeys().match(KEY) ?? ['']));
    }
    const key = keys.shift() as string;
    if (key === '' || key === '\x04' || (key === '\x03' && line === '')) return;
    if (key === '\x03') line = '';
    else if (key === '\r' || key === '\n') {
      carryOut(line);
      line = '';
    } else if (key === '\x7f' || key === '\b') line = [...line].slice(0, -1).join('');
    else if (key in ARROWS) {
      if (line === '') carryOut(ARROWS[key] as string);
    } else if (!key.startsWith(ESCAPE)) line += key.replace(/\p{Cc}/u, '');
  }
}

function size(): { width: number; height: number } {
  const stream = new WriteStream(1);
  const width = stream.columns || Number(process.env.COLUMNS) || 80;
  const height = stream.rows || Number(process.env.LINES) || 24;
  return { width, height };
}

/** What was typed or pasted since the last time; '' at the end of input. */
function readKeys(): string {
  const bytes = new Uint8Array(64);
  for (;;) {
    try {
      const n = readSync(0, bytes, 0, bytes.length, null);
      return Buffer.from(bytes.subarray(0, n)).toString('utf8');
    } catch (e) {
      if ((e as NodeJS.ErrnoException).code !== 'EAGAIN') throw e;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
    }
  }
}
