// What `moult --help` and `moult VERB --help` say.
import { isVerb, VERBS, type Verb, type VerbName } from './verbs.ts';

const USAGE_WIDTH = 35;

const WHAT = `Moult runs Python programs on an exact re-creation of CPython 3.13's memory: every object,
reference count, arena and generation is where CPython would have it.`;

const ASKING = `  --at MOMENT               LINE, FILE:LINE, LINE@2 (the second time), call:f@2, return:f, exception, output:3,
                            step:100, or end (default); the state shown is the one before it`;
/** Of what looks at a whole run. */
const UP_TO = '  --at MOMENT               only up to this moment';
const FROM = '  --at MOMENT               begin there';
const OBJECT = `  OBJECT                    NAME.path['key'][0], @42 (the 42nd object that the program made), 0xADDR, or type:Session
  --eval EXPRESSION         in OBJECT's place: evaluated in a copy of the process, with the names of the frame`;
const FORMATS = `  --json                    the answer as JSON
  -o FILE                   to a file, written whole or not at all`;
const QUESTIONS = `  --history SIZE            what the run's history may take (default 256M)
  --python VERSION, --threshold A,B,C, --gc-freeze, --gc-disable, --memory SIZE, --instructions N, --timeout S
                            as for run: moult run --help
The program's own output is not shown. -c CODE, -m MODULE or - may stand for the file, and so
may a recording (moult record); --rerun runs its program again. docs/questions.md has more.`;

const REST = `Every verb says more: moult VERB --help.

Exit codes are Python's: 0, 1 after an uncaught exception, what sys.exit() says; 2 for a mistake in the command
line or a missing file, 65 for a recording that cannot be read or cannot answer, 124 when a limit stopped the program,
130 after Ctrl-C.
A process that dies of its own mistake (docs/mistakes.md) exits as a shell shows it: 134, or 139 for a segmentation fault.
PYTHONMALLOC chooses the allocator as in CPython: pymalloc, malloc, debug, pymalloc_debug, malloc_debug; so does -X dev.
PYTHONHASHSEED is 0 unless it is set, so that the same program gives the same bytes.

  moult run examples/talk/04-count-ids.py
  moult why --at 9 l1 examples/talk/07-lists.py
  echo 'print(id(9))' | moult run -
`;

/** The verbs, a line each. */
export function helpText(): string {
  const lines = (Object.keys(VERBS) as VerbName[]).flatMap((name) => {
    const { usage, summary } = VERBS[name];
    if (summary === null) return [];
    const short = usage
      .replaceAll(/\[OPTIONS\]|\[(?:-- )?ARGUMENTS\]|\[--[^\]]*\]/g, '')
      .trim()
      .replaceAll(/ +/g, ' ');
    const call = `moult ${name} ${short}`.trimEnd();
    if (call.length <= USAGE_WIDTH - 3) return [`  ${call.padEnd(USAGE_WIDTH - 3)} ${summary}`];
    return [`  ${call}`, `${' '.repeat(USAGE_WIDTH)}${summary}`];
  });
  return `${WHAT}\n\n${lines.join('\n')}\n\n${REST}`;
}

export function helpOf(name: VerbName): string {
  const verb: Verb = VERBS[name];
  const { usage, help, asks, words, examples } = verb;
  const parts = [`moult ${name} ${usage}`.trimEnd(), help];
  if (asks) {
    const moment = { leaks: [], collections: [UP_TO], timeline: [UP_TO], debug: [FROM] } as Partial<
      Record<VerbName, string[]>
    >;
    const own = moment[name] ?? [ASKING];
    const formats = name === 'debug' ? [] : [FORMATS];
    parts.push([...(words === undefined ? [] : [OBJECT]), ...own, ...formats, QUESTIONS].join('\n'));
  }
  if (examples.length > 0) parts.push(examples.map((example) => `  ${example}`).join('\n'));
  return `${parts.join('\n\n')}\n`;
}

/** Does the command line of a verb ask for its help? What stands behind the program is the program's. */
export function asksHelp(name: string, rest: readonly string[]): boolean {
  let words = (isVerb(name) ? VERBS[name].words : undefined) ?? 0;
  for (const [k, word] of rest.entries()) {
    if (word === '--help' || word === '-h') return true;
    if (word === '-c' || word === '-m' || word === '-' || word === '--') return false;
    const before = rest[k - 1];
    // an option, or perhaps an option's value
    if (word.startsWith('-') || (before?.startsWith('-') === true && !before.includes('='))) continue;
    if (--words < 0) return false;
  }
  return false;
}
