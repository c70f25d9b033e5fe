// Serves the built page, and one program beside it, to this machine alone. A page of another origin can neither read nor ask: the
// name and the origin of each request are checked, and the program wants the token that only the printed address holds.
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, extname, join, sep } from 'node:path';
import { gzipSync } from 'node:zlib';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.md': 'text/markdown; charset=utf-8',
};
const PACKED = new Set(['.html', '.js', '.css', '.json', '.svg', '.md']);

const POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self' blob:; style-src 'self'; img-src 'self' data: blob:; " +
  "font-src 'self'; connect-src 'self'; frame-src 'self' blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
const HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': POLICY,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
  'cross-origin-resource-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
};

/** How often the program's file is looked at, and how long a request waits for a change of it. */
const LOOK_MS = 300;
const WAIT_MS = 20_000;
const LARGEST_PROGRAM = 4 << 20;

export interface LabServer {
  readonly address: string;
  readonly server: Server;
}

/** `folder`: the built page; `program`: the file to open in it, or null. */
export function serveLab(folder: string, program: string | null, port: number): Promise<LabServer> {
  const token = randomBytes(24).toString('base64url');
  const root = realpathSync(folder);
  const server = createServer((request, response) => {
    try {
      answer(request, response, { root, program, token, port: (server.address() as AddressInfo).port });
    } catch {
      refuse(response, 500, 'the server made a mistake');
    }
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const { port: actual } = server.address() as AddressInfo;
      resolve({ address: `http://127.0.0.1:${actual}/${program === null ? '' : `#token=${token}`}`, server });
    });
  });
}

interface Serving {
  readonly root: string;
  readonly program: string | null;
  readonly token: string;
  readonly port: number;
}

function refuse(response: ServerResponse, status: number, why: string): void {
  response.writeHead(status, { ...HEADERS, 'content-type': 'text/plain; charset=utf-8' });
  response.end(`${why}\n`);
}

/** Why a request is not answered, whatever it asks for; null: it is. */
function refusal({ headers, method }: IncomingMessage, port: number): readonly [status: number, why: string] | null {
  const { host, origin } = headers;
  if (host !== `127.0.0.1:${port}` && host !== `localhost:${port}`)
    return [421, 'this server answers to 127.0.0.1 only'];
  if (origin !== undefined && origin !== `http://${host}`) return [403, 'another origin may not ask'];
  return method === 'GET' || method === 'HEAD' ? null : [405, 'only GET'];
}

function answer(request: IncomingMessage, response: ServerResponse, serving: Serving): void {
  const refused = refusal(request, serving.port);
  if (refused !== null) {
    refuse(response, ...refused);
    return;
  }
  const [raw = '/', query = ''] = (request.url ?? '/').split('?', 2);
  let path: string;
  try {
    path = decodeURIComponent(raw);
  } catch {
    refuse(response, 400, 'a damaged path');
    return;
  }
  if (path === '/program') giveProgram(request, response, serving, new URLSearchParams(query).get('since'));
  else giveFile(request, response, serving.root, path);
}

/** The named file's text and its version; with the version that the page has, when there is another. */
function giveProgram(
  request: IncomingMessage,
  response: ServerResponse,
  { program, token }: Serving,
  since: string | null,
): void {
  const given = Buffer.from(String(request.headers['x-moult-token'] ?? ''));
  const wanted = Buffer.from(token);
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) {
    refuse(response, 403, 'the token is missing or wrong: open the address that moult lab printed');
    return;
  }
  if (program === null) {
    refuse(response, 404, 'no program was named');
    return;
  }
  const started = Date.now();
  const look = (): void => {
    if (response.destroyed) return;
    const now = versionOf(program);
    if (now === since && Date.now() - started < WAIT_MS) {
      setTimeout(look, LOOK_MS).unref();
      return;
    }
    let source = '';
    if (now !== 'gone') {
      try {
        source = readFileSync(program, 'utf8');
      } catch {
        // it went between the two looks: the next one says so
      }
    }
    response.writeHead(200, { ...HEADERS, 'content-type': 'application/json', 'cache-control': 'no-store' });
    response.end(JSON.stringify({ name: basename(program), source: source.slice(0, LARGEST_PROGRAM), version: now }));
  };
  look();
}
function versionOf(file: string): string {
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat === undefined ? 'gone' : `${stat.mtimeMs}-${stat.size}`;
}

const packed = new Map<string, Uint8Array>();

function giveFile(request: IncomingMessage, response: ServerResponse, root: string, path: string): void {
  const name = path.endsWith('/') ? `${path}index.html` : path;
  const parts = name.split('/').slice(1);
  if (parts.some((part) => part === '' || part.startsWith('.') || part.includes('\\') || part.includes('\0'))) {
    refuse(response, 404, 'there is no such file');
    return;
  }
  const file = join(root, ...parts);
  const stat = existsSync(file) ? statSync(file) : undefined;
  // what a link inside leads to must be inside, too
  if (stat === undefined || !stat.isFile() || !realpathSync(file).startsWith(root + sep)) {
    refuse(response, 404, 'there is no such file');
    return;
  }
  const type = extname(file);
  const headers: Record<string, string> = { ...HEADERS, 'content-type': TYPES[type] ?? 'application/octet-stream' };
  // what has a hash in its name never changes
  headers['cache-control'] = /-[\w-]{8,}\.\w+$/.test(name) ? 'max-age=31536000, immutable' : 'no-cache';
  let body: Uint8Array = readFileSync(file);
  if (PACKED.has(type) && /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''))) {
    const known = packed.get(file) ?? gzipSync(body, { level: 6 });
    packed.set(file, known);
    body = known;
    headers['content-encoding'] = 'gzip';
  }
  response.writeHead(200, { ...headers, vary: 'accept-encoding', 'content-length': String(body.length) });
  response.end(request.method === 'HEAD' ? undefined : body);
}
