// What moult lab serves, and to whom.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { get, type IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LabServer, serveLab } from '../../apps/cli/src/lab/server.ts';

let folder: string;
let served: LabServer;
let token: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'moult-lab-'));
  writeFileSync(join(folder, 'index.html'), '<p>the page</p>');
  writeFileSync(join(folder, '.hidden'), 'hidden');
  writeFileSync(join(folder, 'program.py'), 'print(1)\n');
  served = await serveLab(folder, join(folder, 'program.py'), 0);
  token = new URLSearchParams(new URL(served.address).hash.slice(1)).get('token') as string;
});
afterAll(() => {
  served.server.closeAllConnections();
  served.server.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}
/** The path goes out as it is: a URL would tidy it up. */
function ask(path: string, headers: Record<string, string> = {}): Promise<Answer> {
  const { port } = new URL(served.address);
  return new Promise((resolve, reject) => {
    const request = get({ host: '127.0.0.1', port, path, headers }, (response) => {
      let body = '';
      response.on('data', (part) => {
        body += part;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
    });
    request.on('error', reject);
  });
}

describe('moult lab', () => {
  it('serves the page with its policy', async () => {
    const { status, headers, body } = await ask('/');
    expect([status, body]).toEqual([200, '<p>the page</p>']);
    expect(headers['content-security-policy']).toMatch(/^default-src 'none';/);
    expect(headers['cross-origin-opener-policy']).toBe('same-origin');
    expect(headers['cross-origin-embedder-policy']).toBe('require-corp');
    expect(headers['access-control-allow-origin']).toBeUndefined();
  });

  it('gives the program to who has the token, and its changes', { timeout: 10_000 }, async () => {
    const first = await ask('/program', { 'x-moult-token': token });
    const { name, source, version } = JSON.parse(first.body) as Record<string, string>;
    expect([name, source]).toEqual(['program.py', 'print(1)\n']);
    const next = ask(`/program?since=${encodeURIComponent(version as string)}`, { 'x-moult-token': token });
    writeFileSync(join(folder, 'program.py'), 'print(1 + 1)\n');
    expect((JSON.parse((await next).body) as Record<string, string>).source).toBe('print(1 + 1)\n');
  });

  it('refuses a missing or wrong token', async () => {
    expect((await ask('/program')).status).toBe(403);
    expect((await ask('/program', { 'x-moult-token': '' })).status).toBe(403);
    expect((await ask('/program', { 'x-moult-token': `${token.slice(1)}x` })).status).toBe(403);
    expect((await ask(`/program?token=${token}`)).status).toBe(403);
  });

  it('refuses another host and a foreign origin', async () => {
    const { host } = new URL(served.address);
    expect((await ask('/', { host: 'evil.example' })).status).toBe(421);
    expect((await ask('/', { host: `evil.example:${new URL(served.address).port}` })).status).toBe(421);
    expect((await ask('/program', { host, origin: 'http://evil.example', 'x-moult-token': token })).status).toBe(403);
    expect((await ask('/', { host, origin: 'null' })).status).toBe(403);
  });

  it('serves nothing outside the page', async () => {
    const paths = [
      '/../program.py',
      '/..%2fprogram.py',
      '/%2e%2e/program.py',
      '/%2e%2e%2f%2e%2e%2fetc/passwd',
      '//etc/passwd',
      '/.hidden',
      '/..\\program.py',
      '/%00',
      '/%zz',
      '/index.html/',
    ];
    for (const path of paths) {
      const { status, body } = await ask(path);
      expect([400, 404], `${path}: ${body}`).toContain(status);
    }
  });
});
