// Writes docs/mistakes.md: the seven programs of examples/mistakes with what the engine says to each.
//
//   node tools/mistakes.mjs
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const folder = at('examples/mistakes');

const CHAPTERS = {
  '1-double-free.py': [
    'Double free',
    'The block is freed a second time. Its head was overwritten when it died: the first word is now a link of the free list, so that the size read from it is an address backwards, and CPython faults amid its own report. So does the engine, which then says who freed the block first.',
    'PYTHONMALLOC=debug moult run',
  ],
  '2-overflow.py': [
    'Overflow',
    'One byte too many. Nothing happens when it is written; the forbidden bytes behind the block tell it when the block is freed.',
    'PYTHONMALLOC=debug moult run',
  ],
  '3-negative-count.py': [
    'Negative count',
    'One release too many, of an object that is dead. A release build of CPython notices nothing; `moult.unsafe` counts as a build with `Py_REF_DEBUG` does.',
    'moult run',
  ],
  '4-use-after-free.py': [
    'Use after free',
    'The object is found by its address after its last reference went. With the debug hooks its type is a word of 0xDD.',
    'PYTHONMALLOC=debug moult run',
  ],
  '5-wrong-domain.py': [
    'Wrong domain',
    'Made by `PyMem_Malloc`, freed by `PyObject_Free`.',
    'PYTHONMALLOC=debug moult run',
  ],
  '6-missing-incref.py': [
    'Missing incref',
    'The list holds an object without having counted it. Python goes on as if nothing were wrong until the count reaches 0 while someone still holds the object. The audit counts every holder and names the instruction after which the stored count is too low.',
    'moult run --audit every',
  ],
  '7-missing-decref.py': [
    'Missing decref',
    'A reference is never released: the list is never freed. The audit names the instruction after which the stored count is too high, and at the end the blocks that are left.',
    'moult run --audit every',
  ],
};

function run(name, command) {
  const [first, ...rest] = command.split(' ');
  const env = { ...process.env };
  const words = first.startsWith('PYTHONMALLOC=') ? rest.slice(1) : rest;
  if (first.startsWith('PYTHONMALLOC=')) env.PYTHONMALLOC = first.split('=')[1];
  const { stdout, stderr, status } = spawnSync(process.execPath, [at('apps/cli/bin/moult.mjs'), ...words, name], {
    cwd: folder,
    env,
    encoding: 'latin1',
  });
  if (!/^moult: /m.test(stderr)) throw new Error(`${name} made no mistake: ${stderr}`);
  const text = `${stdout}${stderr}`.replaceAll(`${folder}/`, '').replaceAll('\u00dd', '\\xdd');
  return Buffer.from(text, 'latin1').toString('utf8') + `exit code ${status}\n`;
}

let out = `# Mistakes with memory

"If mistake in memory de-allocation, program can be crashed." The module \`moult.unsafe\`, which only this engine has, makes such mistakes on purpose: \`alloc(size, domain)\`, \`realloc\`,
\`free(address, domain)\`, \`peek(address, size)\`, \`poke(address, bytes or int)\`, \`incref(object)\`, \`decref(object)\`, and the same of an address: \`incref_at\`, \`decref_at\`, \`object_at\`.
Domains are \`'raw'\`, \`'mem'\` and \`'object'\`.

The process dies as CPython would: by \`SIGABRT\` (exit code 134) with CPython's report where its debug hooks find the mistake, by \`SIGSEGV\` (139) where it touches what is not mapped or is no object; without \`PYTHONMALLOC=debug\`
many mistakes go unnoticed for a while, as they do there. A segmentation fault is reported as \`faulthandler\` reports it. The host lives, and the lines that begin with \`moult:\` say what the bytes of the dead process tell.
With the debug hooks, or with \`--history\`, they also say when and where the block was made and freed. A program that hangs in native code after such a mistake is ended after 10 s (137).

\`PYTHONMALLOC\` is \`pymalloc\` (or \`default\`), \`malloc\`, \`debug\`, \`pymalloc_debug\` or \`malloc_debug\`, as in CPython. The reports equal those of CPython 3.13.0, recorded natively, over ${readdirSync(at('tests/mistakes/programs')).length} programs (\`tests/mistakes\`).

This page is written by \`node tools/mistakes.mjs\`.
`;
for (const [i, name] of readdirSync(folder).sort().entries()) {
  const [title, text, command] = CHAPTERS[name];
  out += `\n## ${i + 1}. ${title}\n\n${text}\n\n\`\`\`python\n${readFileSync(`${folder}/${name}`, 'utf8').trimEnd()}\n\`\`\`\n\n`;
  out += `\`\`\`\n$ ${command} ${name}\n${run(name, command).trimEnd()}\n\`\`\`\n`;
}
writeFileSync(at('docs/mistakes.md'), out);
