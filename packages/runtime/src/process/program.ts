/** What a process runs: from a name or a text to source that can be compiled. */
import { host as vmHost } from '../vm/host.ts';
import type { MainProgram } from './main.ts';

export type Program =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'command'; readonly source: string }
  | { readonly kind: 'stdin'; readonly source: Uint8Array }
  | { readonly kind: 'module'; readonly name: string };

/** The program's source, and what tracebacks call it. */
export function loadProgram(program: Program, cwd = '/'): MainProgram {
  switch (program.kind) {
    case 'command':
      return { source: program.source, filename: '<string>', isFile: false };
    case 'stdin':
      return { source: program.source, filename: '<stdin>', isFile: false };
    case 'file': {
      const path = absolutePath(program.path, cwd);
      const main = vmHost.files.isDirectory(path) ? `${path}/__main__.py` : path;
      const source = vmHost.files.readFile(main);
      if (source === null) throw new ProgramNotFound(program.path);
      return { source, filename: main, isFile: true };
    }
    case 'module':
      return loadModule(program.name, cwd);
  }
}
function loadModule(name: string, cwd: string): MainProgram {
  const base = absolutePath(name.replaceAll('.', '/'), cwd);
  const parent = name.includes('.') ? name.slice(0, name.lastIndexOf('.')) : '';
  for (const [path, pkg] of [
    [`${base}/__main__.py`, name],
    [`${base}.py`, parent],
  ] as const) {
    const source = vmHost.files.readFile(path);
    if (source !== null) return { source, filename: path, isFile: true, package: pkg };
  }
  throw new ProgramNotFound(name);
}

/** Nothing to run under the name that was given. */
export class ProgramNotFound extends Error {
  readonly program: string;
  constructor(program: string) {
    super(`no program ${program}`);
    this.name = 'ProgramNotFound';
    this.program = program;
  }
}

function absolutePath(path: string, cwd: string): string {
  const parts: string[] = [];
  for (const part of (path.startsWith('/') ? path : `${cwd}/${path}`).split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}

/** sys.path[0]: where the program lies, '' for text, the working directory for -m. */
export function sysPath0(program: Program, cwd: string): string {
  if (program.kind === 'module') return cwd;
  if (program.kind !== 'file') return '';
  const path = absolutePath(program.path, cwd);
  if (vmHost.files.isDirectory(path)) return path;
  return path.slice(0, path.lastIndexOf('/')) || '/';
}
