// `moult lab [FILE]`: the page, on this machine alone. It runs until Ctrl-C.
import { cpSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { UsageError } from '../arguments.ts';
import { serveLab } from '../lab/server.ts';
import { print } from '../output.ts';

const PORTS = 65_536;

/** The page that the build laid beside the bundle. */
const PAGE = fileURLToPath(new URL('lab', import.meta.url));

interface LabArguments {
  readonly file: string | null;
  readonly port: number;
  readonly exportTo: string | null;
}

function parse(argv: readonly string[]): LabArguments {
  const { values, positionals } = strictly(argv);
  const port = Number(values.port ?? 0);
  if (!Number.isInteger(port) || port < 0 || port >= PORTS)
    throw new UsageError(`--port ${values.port}: give 0 to 65535`);
  if (positionals.length > 1) throw new UsageError(`lab opens one program, not ${positionals.length}`);
  return { file: positionals[0] ?? null, port, exportTo: values.export ?? null };
}
function strictly(argv: readonly string[]): { values: { port?: string; export?: string }; positionals: string[] } {
  try {
    const options = { port: { type: 'string' }, export: { type: 'string' } } as const;
    return parseArgs({ args: [...argv], options, allowPositionals: true });
  } catch (e) {
    throw new UsageError((e as Error).message.split('\n')[0] ?? 'a wrong option');
  }
}

export async function labCommand(argv: readonly string[]): Promise<number> {
  const { file, port, exportTo } = parse(argv);
  if (!existsSync(PAGE)) throw new UsageError('the page is not built yet: run "npm run build" first');
  if (file !== null && !existsSync(file)) throw new UsageError(`can't open file '${file}': no such file`);
  if (exportTo !== null) return exportPage(resolve(exportTo));
  const { address } = await serveLab(PAGE, file === null ? null : resolve(file), port).catch((e: unknown) => {
    throw new UsageError(`--port ${port}: ${(e as Error).message}`);
  });
  print(`The lab is at ${address}`);
  print('Ctrl-C ends it.');
  return new Promise<number>(() => {});
}

/** The page as static files: any server, or none, may serve it. */
function exportPage(folder: string): number {
  if (existsSync(folder) && readdirSync(folder).length > 0) {
    throw new UsageError(`--export ${folder}: the folder is not empty`);
  }
  mkdirSync(folder, { recursive: true });
  cpSync(PAGE, folder, { recursive: true });
  print(`The page lies in ${folder}`);
  return 0;
}
