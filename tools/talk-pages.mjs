// Writes docs/talk: a page for each program of the talk, with each verb of the command line asked about it. What the verbs
// say is filled in by tools/documented.mjs, which also checks it:
//
//   node tools/talk-pages.mjs && node tools/documented.mjs docs/talk/*.md
//
// Pages that are there keep what they show until then. A new verb is a line of VERBS.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));
const talk = JSON.parse(readFileSync(join(root, 'examples/talk/talk.json'), 'utf8'));

/** What is asked of each program: an object, a moment, and what the debugger is told, the lines to trace. */
const ASKED = {
  '01-objects': ['variable', 'end', 'n; p variable; rn', '2'],
  '02-heap-and-stack': ['rex', 'call:Dog.bark', 'g call:Dog.bark; w; u; p dog', '25'],
  '03-pymalloc': ['two', 'end', 'g 13; p address; n; p one; n; p one', '13-16'],
  '04-count-ids': ['a', 'end', 'n; n; n; p a; p b', '2-6'],
  '05-count-up': ['a', '8', 'g 6; p a; n; p a; rn; p a', '4-8'],
  '06-getrefcount': ['thing', '11', 'g 10; p thing; n; p thing', '9-14'],
  '07-lists': ['l1', '9', 'g 4; p l1; n; p l1; watch l1; c', '2-4'],
  '08-circular-list': ['list1', '9', 'g 8; n; p list1; p l1', '4-11'],
  '08-circular-list-corrected': ['list1', '8', 'g 6; p list1; n; p list1', '5-9'],
  '09-circular-dicts': ['Object1', '11', 'g 8; p Object1; n; p Object1', '5-12'],
  '09-circular-dicts-corrected': ['Object1', '11', 'g 8; p Object1; n; p Object1', '5-12'],
  '10-count-zero': ['thing', '12', 'g 10; p thing; n; p thing; death thing; c', '10-15'],
  '11-nested-lists': ['l1', '9', 'g 7; p l1; n; p l1', '4-10'],
  '12-globals': ['first', '12', 'g 12; p first; n; p first', '11-13'],
  '13-block-and-function': ['inside', '21', 'g return:work; p local; w', '17-21'],
  '14-del': ['a', '9', 'g 8; n; p a; n; p a', '7-11'],
  '15-foo': ['myName', 'call:foo', 'g call:foo; p tempName; n; n; p tempName', '2'],
  '15-foo-counted': ['myName', 'call:foo', 'g call:foo; p tempName; u; p myName', '7'],
  '16-what-counting-cannot-free': ['loop', '21', 'g 19; p loop; death loop; c', '16-23'],
  '17-generations': ['kept', '22', 'g 17; n; p kept', '17-19'],
  '18-not-in-real-time': ['Node', 'call:Node.__init__@3', 'g call:Node.__init__@3; w; p self', '10-11'],
  '19-gc-collect': ['ann', '13', 'g 12; p ann; n; p ann', '11-14'],
  '20-gc-garbage': ['gc', 'exception', 'g exception; w; p gc', '4'],
  '20-gc-garbage-corrected': ['list1', '9', 'g 8; p list1; n; p list1', '7-10'],
};

/** The command of each verb; `folds`: what it says is long. */
const VERBS = {
  why: { command: ({ object, at, file }) => `moult why --at ${at} ${object} ${file}` },
  history: { command: ({ object, at, file }) => `moult history --at ${at} ${object} ${file}` },
  collections: { command: ({ file }) => `moult collections ${file}` },
  trace: { command: ({ lines, file }) => `moult trace --lines ${lines} --limit 40 ${file}` },
  leaks: { command: ({ file }) => `moult leaks ${file}` },
  debug: {
    command: ({ debug, file }) => `printf '${debug.replaceAll('; ', '\\n')}\\nq\\n' | moult debug ${file}`,
  },
  draw: { command: ({ at, file, name }) => `moult draw --at ${at} -o ${name}.svg ${file}`, picture: true },
  record: {
    command: ({ name, file }) => `moult record --omit-inputs -o ${name}.moult ${file}`,
  },
  timeline: { command: ({ file }) => `moult timeline --samples 60 ${file}`, folds: true },
  compare: { command: ({ file }) => `moult compare ${file} --python 3.8,3.13`, folds: true },
  dis: { command: ({ file }) => `moult dis ${file}`, folds: true },
};

function block(command, shown) {
  return `\`\`\`text\n$ ${command}\n${shown}\`\`\``;
}

for (const section of talk.sections) {
  for (const program of section.files) {
    const name = program.replace(/\.py$/, '');
    const [object, at, debug, lines] = ASKED[name];
    const file = `examples/talk/${program}`;
    const path = join(root, `docs/talk/${name}.md`);
    const before = existsSync(path) ? readFileSync(path, 'utf8') : '';
    const shown = (command) => {
      const start = before.indexOf(`\`\`\`text\n$ ${command}\n`);
      if (start < 0) return '';
      const from = before.indexOf('\n', start + 8) + 1;
      return before.slice(from, before.indexOf('```', from));
    };
    const parts = Object.entries(VERBS).map(([verb, { command, folds, picture }]) => {
      const text = command({ object, at, file, name, debug, lines });
      const body = block(text, shown(text));
      if (picture) return `## ${verb}\n\n${body}\n\n![The stack and the heap of ${program}](${name}.svg)`;
      if (!folds) return `## ${verb}\n\n${body}`;
      return `## ${verb}\n\n<details><summary><code>moult ${verb}</code></summary>\n\n${body}\n\n</details>`;
    });
    const source = readFileSync(join(root, file), 'utf8').trimEnd();
    const head = `# ${section.number}. ${section.title}: ${program}\n\n> ${section.slide}\n\n${section.note}`;
    const text = `${head}\n\n\`\`\`python\n${source}\n\`\`\`\n\n${parts.join('\n\n')}\n`;
    writeFileSync(path, text);
  }
}
