/** The program that `moult lab FILE` serves beside the page, and each change of it. */
import type { Choice } from './programs.ts';

interface Served {
  readonly name: string;
  readonly source: string;
  readonly version: string;
}

/** The token stands in the address that was opened, and nowhere else. */
export function tokenOf(hash: string): string | null {
  return new URLSearchParams(hash.replace(/^#/, '')).get('token');
}

async function ask(token: string, since: string | null): Promise<Served | null> {
  const query = since === null ? '' : `?since=${encodeURIComponent(since)}`;
  const response = await fetch(`program${query}`, { headers: { 'x-moult-token': token }, cache: 'no-store' });
  return response.ok ? ((await response.json()) as Served) : null;
}

const asChoice = ({ name, source }: Served): Choice => ({
  id: 'own',
  group: '',
  title: name,
  name,
  source: source.replace(/\n$/, ''),
  at: 'start',
});

/** The program now; null: none is served. `changed` is called with each later text of it. */
export async function servedProgram(token: string, changed: (choice: Choice) => void): Promise<Choice | null> {
  const first = await ask(token, null);
  if (first === null) return null;
  follow(token, first.version, changed).catch(() => {});
  return asChoice(first);
}

async function follow(token: string, from: string, changed: (choice: Choice) => void): Promise<void> {
  let version = from;
  for (;;) {
    // the server has ended: nothing changes any more
    const next = await ask(token, version);
    if (next === null) return;
    if (next.version !== version && next.version !== 'gone') changed(asChoice(next));
    version = next.version;
  }
}
