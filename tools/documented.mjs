// Keeps what a page shows of the command line true: each block that begins with `$ moult …` holds what that command says.
//
//   node tools/documented.mjs docs/questions.md           run each command and write what it says
//   node tools/documented.mjs --check docs/questions.md   say which blocks the command would word differently; exit code 1
//
// A command with -o NAME.svg draws the picture NAME.svg that lies beside the page; other files that commands write are
// there for the page's later commands and gone afterwards.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));
const check = process.argv.includes('--check');
let wrong = 0;

function outputOf(command, folder) {
  // | begins a list of commands for the debugger, as a shell's pipe would give them
  const [, input, rest] = /^(?:printf '([^']*)' \| )?moult (.*)$/.exec(command) ?? [];
  const args = (rest.match(/"[^"]*"|'[^']*'|\S+/g) ?? []).map((word) => word.replace(/^(["'])(.*)\1$/, '$2'));
  const { stdout, stderr } = spawnSync(process.execPath, [`${root}apps/cli/bin/moult.mjs`, ...args], {
    encoding: 'utf8',
    cwd: folder,
    input: (input ?? '').replaceAll('\\n', '\n'),
    env: { ...process.env, COLUMNS: '100', NO_COLOR: '1' },
  });
  return `${stderr}${stdout}`.trimEnd().replaceAll(`${folder}/`, '').replaceAll(root, '');
}

/** Addresses, serial numbers and counts of instructions may be others after a change of the engine; the words may not. */
const plain = (text) => text.replace(/0x[0-9a-f]+|[▁▂▃▄▅▆▇█]+|#?\d[\d,.]*/g, 'N').replace(/ +/g, ' ');
const differs = (said, shown) => (check ? plain(said) !== plain(shown) : said !== shown);

for (const page of process.argv.slice(2).filter((arg) => arg !== '--check')) {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'moult-documented-')));
  symlinkSync(join(root, 'examples'), join(folder, 'examples'));
  const text = readFileSync(page, 'utf8');
  const told = text.replace(
    /^```text\n\$ ((?:printf '[^']*' \| )?moult [^\n]*)\n([\s\S]*?)^```$/gm,
    (block, command, shown) => {
      const said = outputOf(command, folder);
      const picture = / -o (\S+\.svg)(?= |$)/.exec(command)?.[1];
      if (picture !== undefined) keepPicture(join(folder, picture), join(dirname(page), picture), command);
      if (!differs(said, shown.trimEnd())) return block;
      wrong++;
      console.log(`${page}: ${command}`);
      return `\`\`\`text\n$ ${command}\n${said === '' ? '' : `${said}\n`}\`\`\``;
    },
  );
  rmSync(folder, { recursive: true, force: true });
  if (!check && told !== text) writeFileSync(page, told);
}
console.log(wrong === 0 ? 'all as shown' : `${wrong} ${check ? 'differ' : 'written anew'}`);
if (check && wrong > 0) process.exitCode = 1;

function keepPicture(drawn, kept, command) {
  const now = existsSync(drawn) ? readFileSync(drawn, 'utf8') : '';
  const before = existsSync(kept) ? readFileSync(kept, 'utf8') : '';
  if (!differs(now, before)) return;
  wrong++;
  console.log(`${kept}: ${command}`);
  if (!check) writeFileSync(kept, now);
}
