// What the pages show of the command line is what it says now.
//
// Of the talk's pages a few are checked here; MOULT_DOCS=all checks each (npm run build first).
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { type VerbName, VERBS } from '../apps/cli/src/verbs.ts';
import { ROOT } from './corpus.mjs';

const TALK = join(ROOT, 'docs/talk');
const PROGRAMS = readdirSync(join(ROOT, 'examples/talk'))
  .filter((name) => name.endsWith('.py'))
  .map((name) => name.replace('.py', ''));
const SAMPLE = ['07-lists', '09-circular-dicts-corrected', '17-generations'];

function check(page: string): void {
  const argv = [join(ROOT, 'tools/documented.mjs'), '--check', page];
  const { stdout, status } = spawnSync(process.execPath, argv, { encoding: 'utf8' });
  expect(stdout).toBe('all as shown\n');
  expect(status).toBe(0);
}

it('docs/questions.md shows what the verbs say', { timeout: 600_000 }, () => {
  check(join(ROOT, 'docs/questions.md'));
});

it.each(process.env.MOULT_DOCS === 'all' ? PROGRAMS : SAMPLE)('docs/talk/%s.md does', { timeout: 600_000 }, (name) => {
  check(join(TALK, `${name}.md`));
});

it('each verb is shown on each program of the talk', () => {
  const asking = (Object.keys(VERBS) as VerbName[]).filter((verb) => (VERBS[verb] as { asks?: true }).asks === true);
  for (const name of PROGRAMS) {
    const text = readFileSync(join(TALK, `${name}.md`), 'utf8');
    for (const verb of [...asking, 'record', 'compare', 'dis']) {
      const shown = new RegExp(`^\\$ (?:printf .* \\| )?moult ${verb} .*${name}\\.py.*\\n([^\`]*)`, 'm').exec(
        text,
      )?.[1];
      // draw writes its picture
      expect(shown === undefined || (shown === '' && verb !== 'draw'), `${name}.md: moult ${verb}`).toBe(false);
      if (verb === 'draw') expect(readFileSync(join(TALK, `${name}.svg`), 'utf8')).toMatch(/^<svg [\s\S]*<\/svg>\n$/);
    }
  }
});

it('the talk’s statements are each backed by a command on a page', () => {
  const table = readFileSync(join(TALK, 'README.md'), 'utf8');
  const rows = table.split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| Statement'));
  expect(rows.length).toBeGreaterThan(25);
  for (const row of rows) {
    const links = [...row.matchAll(/\]\(([\w-]+)\.md#(\w+)\)/g)];
    expect(links.length, row).toBeGreaterThan(0);
    for (const [, name, verb] of links) {
      expect(PROGRAMS, row).toContain(name);
      expect(readFileSync(join(TALK, `${name}.md`), 'utf8')).toMatch(new RegExp(`^## ${verb}$`, 'm'));
    }
  }
});
