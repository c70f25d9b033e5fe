// `moult talk`: the talk that the project starts from, section by section, run for real.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isatty } from 'node:tty';
import { createProcess } from '@moult/runtime';
import { UsageError } from '../arguments.ts';
import { nodeHost } from '../host.ts';
import { writeAll } from '../output.ts';
import { preparedImage } from '../prepared.ts';

interface Section {
  readonly number: number;
  readonly title: string;
  readonly slide: string;
  readonly files: readonly string[];
  readonly python: readonly string[];
  readonly note: string;
}
interface Talk {
  readonly talk: string;
  readonly speaker: string;
  readonly sections: readonly Section[];
}

const WIDTH = 100;

function folder(): string {
  return fileURLToPath(new URL('../../../examples/talk/', import.meta.url));
}

interface Style {
  readonly bold: (s: string) => string;
  readonly dim: (s: string) => string;
  readonly code: (s: string) => string;
}
function styleOf(colour: boolean): Style {
  const wrap = (on: number, off: number) => (s: string) => (colour ? `\u001b[${on}m${s}\u001b[${off}m` : s);
  return { bold: wrap(1, 22), dim: wrap(2, 22), code: wrap(36, 39) };
}

/** Breaks a sentence into lines of at most `width`. */
function fold(text: string, width: number, indent: string): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width - indent.length) {
      lines.push(indent + line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  if (line !== '') lines.push(indent + line);
  return lines.join('\n');
}

export function talkCommand(argv: readonly string[]): number {
  const talk: Talk = JSON.parse(readFileSync(join(folder(), 'talk.json'), 'utf8'));
  const wanted = argv.map((a) => {
    const section = talk.sections.find((s) => String(s.number) === a);
    if (section === undefined) throw new UsageError(`talk ${a}: the sections are 1 to ${talk.sections.length}`);
    return section;
  });
  const style = styleOf(isatty(1) && process.env.NO_COLOR === undefined);
  if (wanted.length === 0) {
    writeAll(1, `${style.bold(talk.talk)}, after the talk by ${talk.speaker}\n`);
    writeAll(
      1,
      `${fold('Every program below runs now, on a memory laid out as CPython 3.13 lays it out, byte for byte.', WIDTH, '')}\n`,
    );
  }
  let failed = 0;
  for (const section of wanted.length > 0 ? wanted : talk.sections) failed += showSection(section, style);
  return failed > 0 ? 1 : 0;
}

function showSection(section: Section, style: Style): number {
  const head = `${section.number}  ${section.title}`;
  const rule = '─'.repeat(Math.max(0, WIDTH - head.length - 1));
  writeAll(1, `\n${style.bold(head)} ${style.dim(rule)}\n${style.dim(fold(section.slide, WIDTH, '   '))}\n`);
  let failed = 0;
  for (const file of section.files) {
    const path = join(folder(), file);
    const source = readFileSync(path, 'utf8').trimEnd();
    writeAll(1, `\n   ${style.dim(file)}\n`);
    for (const line of source.split('\n')) writeAll(1, `   ${style.dim('│')} ${style.code(line)}\n`);
    const outputs = section.python.map((python) => ({ python, ...capture(path, python) }));
    const same = outputs.every((o) => o.text === outputs[0]?.text);
    for (const { python, text, crashed } of same ? outputs.slice(0, 1) : outputs) {
      if (crashed) failed++;
      const versions = same ? section.python : [python];
      writeAll(1, `   ${style.dim(`prints, with the memory of Python ${versions.join(' and ')}:`)}\n`);
      for (const line of text.trimEnd().split('\n')) writeAll(1, `     ${line}\n`);
    }
  }
  writeAll(1, `\n${fold(section.note, WIDTH, '   ')}\n`);
  return failed;
}

/** What the program writes to both streams, in order. */
function capture(path: string, python: string): { text: string; crashed: boolean } {
  const chunks: Uint8Array[] = [];
  const image = preparedImage(python);
  const p = createProcess({
    program: { kind: 'file', path },
    python,
    cwd: dirname(path),
    host: nodeHost({ cwd: dirname(path), stdin: new Uint8Array(0), write: (_fd, data) => chunks.push(data.slice()) }),
    ...(image === undefined ? {} : { image }),
  });
  let crashed = false;
  try {
    p.run();
    p.finalize('visible');
  } catch (e) {
    crashed = true;
    chunks.push(new TextEncoder().encode(`moult: internal error: ${(e as Error).message}\n`));
  }
  return { text: Buffer.concat(chunks).toString('utf8'), crashed };
}
