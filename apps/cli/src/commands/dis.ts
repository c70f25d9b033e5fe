// `moult dis FILE`: the program's instructions, as python -m dis shows them.
import { readFileSync } from 'node:fs';
import { compile, disassemble, PySyntaxError } from '@moult/compiler';
import { UsageError } from '../arguments.ts';
import { complain, writeAll } from '../output.ts';

export function disCommand(argv: readonly string[]): number {
  const [file, ...rest] = argv;
  if (file === undefined || rest.length > 0) throw new UsageError('dis takes one file, or - for standard input');
  let source: Uint8Array;
  try {
    source = readFileSync(file === '-' ? 0 : file);
  } catch {
    complain(`moult: can't open file '${file}': no such file`);
    return 2;
  }
  const filename = file === '-' ? '<stdin>' : file;
  try {
    writeAll(1, disassemble(compile(source, { filename, mode: 'exec' })));
    return 0;
  } catch (e) {
    if (!(e instanceof PySyntaxError)) throw e;
    complain(`  File "${e.filename}", line ${e.lineno ?? '?'}`);
    complain(`${e.kind}: ${e.msg}`);
    return 1;
  }
}
