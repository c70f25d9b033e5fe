// The verbs of the command line: what each is for and what `moult VERB --help` says. main.ts says what each does.

export interface Verb {
  /** What stands behind the verb. */
  readonly usage: string;
  /** One line of `moult --help`; null: it is not for people. */
  readonly summary: string | null;
  /** Words of its own before the program. */
  readonly words?: number;
  /** More about it, and its own options. */
  readonly help: string;
  /** Of a recorded run: these options come besides. */
  readonly asks?: true;
  readonly examples: readonly string[];
}

const RUN_HELP = `Runs a program with Python's streams and exit codes. What stands behind the program is its own.

  -c CODE, -m MODULE, -   a program's text, a module, or standard input in the file's place
  --python VERSION    whose rules of memory: 3.13 (default), 3.8, 3.9, 3.10, 3.11, 3.12, 3.14.0 or 3.14.5. Up to
                      3.11 small ints and None are counted and collections run inside an allocation; 3.14.0
                      collects incrementally. The language and its messages stay those of 3.13
  --threshold A,B,C   what if gc.set_threshold(A, B, C) stood at the top; also A or A,B
  --gc-freeze         what if gc.freeze() stood at the top
  --gc-disable        what if gc.disable() stood at the top
  --debug-build       sys.gettotalrefcount() is there, as in a debug build of CPython
  -X OPTION           as Python's: -X tracemalloc=N traces allocations from the start (PYTHONTRACEMALLOC=N, too);
                      any option can be read in sys._xoptions
  --memory SIZE       MemoryError above this (default 1G), such as 64M
  --instructions N    stop after N instructions
  --timeout S         stop after S seconds
  --report            at the end, on standard error: live objects by type, blocks, pools, arenas, the peak,
                      what each generation's collections freed, the time
  --stress MODE       what must change nothing: collect (at every allocation), snapshot (go on from bytes, again and
                      again); and fail=N, where the N-th allocation fails
  --history           when the process dies of a mistake with memory, say when and where its block was made and freed
  --audit WHEN        recount every reference and compare with the stored counts: every (instruction), N (each
                      N-th), A+N (the first A, then each N-th), sampled (ever more rarely), exit (at the end
                      only). Ends with the number of differences and of blocks left`;

const TABLE = {
  run: {
    usage: '[OPTIONS] FILE [ARGUMENTS]',
    summary: 'run a program; also: run -c CODE, run -m MODULE, run - (standard input)',
    help: RUN_HELP,
    examples: ['moult run examples/talk/04-count-ids.py', "moult run --report -c 'x = [[] for _ in range(1000)]'"],
  },
  why: {
    usage: '[OPTIONS] OBJECT FILE [ARGUMENTS] | OBJECT PID',
    summary: 'who holds an object, the sum that equals its count, and the ways to it',
    words: 1,
    help: `Who holds an object at a moment, the sum that equals its count, and the shortest ways to it. With the number of a
running CPython 3.13 in the program's place: as it is now, read from outside (moult ps lists them).

  --stop                    stop the process for the time of the copy`,
    asks: true,
    examples: ['moult why --at 9 l1 examples/talk/07-lists.py', 'moult why app.cache 4711'],
  },
  history: {
    usage: '[OPTIONS] OBJECT FILE [ARGUMENTS]',
    summary: 'its life: birth, each change of its count with line and cause, death',
    words: 1,
    help: `An object's life: its birth, each change of its count with the line and the cause, its death, who lay there next.

  --by line | instruction   what changes line by line (default), or also what comes and goes within one
  --limit N                 so many events at most (default 1000)`,
    asks: true,
    examples: ['moult history --at 2 x examples/reuse.py'],
  },
  leaks: {
    usage: '[OPTIONS] FILE [ARGUMENTS]',
    summary: 'what was made and never freed, by place of birth; what grows, and what keeps it',
    help: `What was made and is still there, grouped by type and place of birth: what grows and what keeps it, the
cycles that wait for the collector, the rest. By default from the program's first instruction to its end.

  --calls FUNCTION          what the calls of this function made, after the last one; growth is told by call
  --from MOMENT             begin there instead of at the first instruction
  --to MOMENT               end there instead of at the program's end`,
    asks: true,
    examples: ['moult leaks --calls answer examples/leaks/cache.py', 'moult leaks --from 12 --to 20 FILE'],
  },
  collections: {
    usage: '[OPTIONS] FILE [ARGUMENTS]',
    summary: 'every collection of the run: its trigger, what it found, the cycles',
    help: `Every collection of the run: its trigger, what it looked at, what nothing outside held, and the cycles.

  --generation 0 | 1 | 2    only those of this generation
  --limit N                 so many collections at most (default 50)`,
    asks: true,
    examples: ['moult collections examples/talk/09-circular-dicts-corrected.py'],
  },
  trace: {
    usage: '[OPTIONS] FILE [ARGUMENTS]',
    summary: 'what happens, event by event: counts and who holds, blocks, the collector',
    help: `What happens in a stretch of the run, under each line: counts with who gained and who let go, collections phase
by phase, finalizers, prints, exceptions. By default in the program's own file, with what its calls did.

  --from MOMENT, --to MOMENT   the stretch; without them the whole run
  --lines A-B               only these lines of the program's file (or --lines A)
  --everywhere              the lines of other files too
  --kinds LIST              kinds of events, separated by commas, or groups of them: counts, blocks, collector,
                            places, all (docs/questions.md lists them)
  --object OBJECT           only what happens to this object, named at --at (default: the end)
  --by line | instruction   counts line by line (default), or also what comes and goes within one
  --limit N                 so many events at most (default 2000, with --json all)
  --json                    one JSON object a line, as it goes`,
    asks: true,
    examples: ['moult trace --lines 5-8 examples/talk/09-circular-dicts-corrected.py'],
  },
  timeline: {
    usage: '[OPTIONS] FILE [ARGUMENTS]',
    summary: 'live objects, bytes, blocks, arenas and generations over the run',
    help: `Live objects, bytes, blocks, arenas and generations over the run, as a chart, SVG, CSV or JSON.

  --of WHAT                 what is drawn: bytes (default), objects, blocks or arenas
  --samples N               at how many moments it looks (2 to 2000)
  --svg, --csv              instead of text; -o X.svg and -o X.csv mean the same`,
    asks: true,
    examples: ['moult timeline --of objects examples/talk/17-generations.py'],
  },
  draw: {
    usage: '[OPTIONS] FILE [ARGUMENTS]',
    summary: 'a picture of the stack and the heap at a moment, as SVG',
    help: `The frames, their names, the objects that they lead to and the counts, as an SVG picture.

  --level simple | true     simple (default) writes small values out; true draws every object with its address
  --theme auto | light | dark`,
    asks: true,
    examples: ['moult draw --at 11 -o picture.svg examples/talk/09-circular-dicts-corrected.py'],
  },
  debug: {
    usage: '[OPTIONS] FILE [ARGUMENTS]',
    summary: 'go through the run both ways',
    help: `Goes through the run both ways: pdb's commands, and their reverse with r before them. On a terminal a screen;
otherwise commands are read line by line from standard input. h lists them.

  --json                    one JSON object for each command`,
    asks: true,
    examples: ["printf 'n\\nrn\\nq\\n' | moult debug examples/talk/07-lists.py"],
  },
  record: {
    usage: '-o run.moult [OPTIONS] FILE [ARGUMENTS]',
    summary: 'run a program and write its run to a file, which all verbs above read',
    help: `Runs a program with Python's streams and exit codes, and writes the run to a file: its text, what it imported, its
inputs, and states to go on from. why, history and the others take that file in the program's place; nothing
outside is touched then (docs/recorder-file.md).

  -o FILE                   the file to write, whole or not at all
  --omit-inputs             leave out what the program read: input, files, environment, clock, randomness
  --json                    say what was written as JSON; the program's output is not shown then
  --history SIZE            what its states may take in memory (default 256M)
  --python VERSION, --threshold A,B,C, --gc-freeze, --gc-disable, --memory SIZE, --instructions N, --timeout S
                            as for run: moult run --help`,
    examples: ['moult record -o run.moult examples/talk/07-lists.py', 'moult why --at 9 l1 run.moult'],
  },
  ps: {
    usage: '[--json]',
    summary: 'the Python processes of this system that can be read',
    help: 'The running CPython processes that you may look at, with version and resident size; where one may not be read, why.',
    examples: ['moult ps'],
  },
  heap: {
    usage: '[OPTIONS] PID',
    summary: "what is in a running CPython's heap, read from outside",
    help: `What is in the heap of a running CPython 3.13: objects by type, generations, arenas and pools. Nothing runs in the
process, nothing is installed in it, and it is not stopped.

  --stop                    stop it for the time of the copy (its pause is said), for an exact moment
  --limit N                 so many types at most (default 20)
  --json                    the answer as JSON`,
    examples: ['moult heap 4711', 'moult heap --stop --json 4711'],
  },
  compare: {
    usage: 'FILE [OPTIONS] [-- ARGUMENTS]',
    summary: 'the same program under the memory of several versions, side by side',
    help: `One program under several versions' rules of memory. What no one could measure on a real interpreter is shown
as unverified (docs/policies.md).

  --python LIST             versions, such as 3.8,3.12,3.14.0
  --threshold A,B,C         may be given several times: each makes columns
  --gc-freeze, --gc-disable, --memory SIZE, --instructions N, --timeout S   as for run, for each column
  --json                    everything that was measured`,
    examples: ['moult compare examples/talk/04-count-ids.py --python 3.8,3.12'],
  },
  dis: {
    usage: 'FILE',
    summary: 'its instructions, as python -m dis shows them',
    help: "A program's instructions, as python -m dis of CPython 3.13 shows them. - reads standard input.",
    examples: ['moult dis examples/talk/07-lists.py'],
  },
  lab: {
    usage: '[FILE] [--port N] [--export FOLDER]',
    summary: 'a page where you run a program and watch its memory, step by step, both ways',
    help: `Serves the page on this machine alone and prints its address. With a file, the page opens it and takes each change
of it. Nothing is sent anywhere; other pages can neither read it nor ask for the file.

  --port N                  this port instead of a free one
  --export FOLDER           write the page as static files, and end`,
    examples: ['moult lab', 'moult lab examples/cycle.py'],
  },
  talk: {
    usage: '[N]',
    summary: 'the talk "Python Memory Understanding", section by section (or section N)',
    help: 'Every statement and program of the talk, run now. With a number: that section only.',
    examples: ['moult talk 5'],
  },
  batch: {
    usage: '',
    summary: null,
    help: 'Runs programs for the test tools: requests on standard input.',
    examples: [],
  },
  'make-images': {
    usage: '[--others] VERSION…',
    summary: null,
    help: 'Writes the prepared images beside the bundle: a step of the build.',
    examples: [],
  },
} as const satisfies Readonly<Record<string, Verb>>;

export type VerbName = keyof typeof TABLE;
export const VERBS: Readonly<Record<VerbName, Verb>> = TABLE;

export function isVerb(name: string): name is VerbName {
  return Object.hasOwn(VERBS, name);
}
