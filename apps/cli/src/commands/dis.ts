// `moult dis FILE`: the program's instructions, as python -m dis shows them.
import { readFileSync } from 'node:fs';
import { compile, disassemble, PySyntaxError } from '@moult/compiler';
import { UsageError } from '../arguments.ts';
import { complain, writeAll } from '../output.ts';
import { printable } from '../printable.ts';

export function disCommand(argv: readonly string[]): number {
  const [file, ...rest] = argv;
  if (file === undefined || rest.length > 0) throw new UsageError('dis takes one file, or - for standard input');
  let source: Uint8Array;
  try {
    source = readFileSync(file === '-' ? 0 : file);
  } catch (e) {
    const why = (e as NodeJS.ErrnoException).code === 'EISDIR' ? 'it is a directory' : 'no such file';
    complain(`moult: can't open file '${printable(file)}': ${why}`);
    return 2;
  }
  const filename = file === '-' ? '<stdin>' : file;
  try {
    // names of files are as they are in what Python's dis says
    const text = disassemble(compile(source, { filename, mode: 'exec' }));
    writeAll(1, text.split('\n').map(printable).join('\n'));
    return 0;
  } catch (e) {
    if (!(e instanceof PySyntaxError)) throw e;
    complain(`  File "${printable(e.filename ?? filename)}", line ${e.lineno ?? '?'}`);
    complain(printable(`${e.kind}: ${e.msg}`));
    return 1;
  }
}
