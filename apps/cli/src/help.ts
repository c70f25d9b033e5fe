// What `moult --help` says.
export const HELP = `Moult runs Python programs on an exact re-creation of CPython 3.13's memory: every object,
reference count, arena and generation is where CPython would have it.

  moult run FILE [ARGUMENTS]     run a program; also: run -c CODE, run -m MODULE, run - (standard input)
  moult why OBJECT FILE          who holds it, the sum that equals its count, and the ways to it
  moult history OBJECT FILE      its life: birth, each change of its count with line and cause, death
  moult collections FILE         every collection of the run: its trigger, what it found, the cycles
  moult timeline FILE            live objects, bytes, blocks, arenas and generations over the run
  moult draw FILE -o X.svg       a picture of the stack and the heap at a moment
  moult debug FILE               go through the run both ways
  moult compare FILE             the same program under the memory of several versions, side by side
  moult dis FILE                 its instructions, as python -m dis shows them
  moult talk [N]                 the talk "Python Memory Understanding", section by section (or section N)

Options of run, before the program:
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
                      only). Ends with the number of differences and of blocks left

Options of why, history, collections, timeline, draw and debug, before the program (docs/questions.md):
  --at MOMENT         LINE, FILE:LINE, LINE@2 (the second time), call:f@2, return:f, exception, output:3, step:100, end
  OBJECT              NAME.path['key'][0], @42 (the 42nd object that the program made), 0xADDR, or type:Session
  --json, -o FILE     the answer as JSON, or to a file
  --history SIZE      what the run's history may take (default 256M); --python, --threshold, --gc-freeze, --gc-disable,
                      --memory, --instructions, --timeout as above

Options of compare, before or behind the program; its own arguments follow --:
  --python LIST       versions, such as 3.8,3.12,3.14.0; --threshold may be given several times, each makes columns
  --gc-freeze, --gc-disable, --memory, --instructions, --timeout   as above, for each run
  --json              everything that was measured, as JSON (docs/policies.md)
What no one could measure on a real interpreter is shown as unverified.

Exit codes are Python's: 0, 1 after an uncaught exception, what sys.exit() says; 2 for a mistake in the command
line or a missing file, 124 when a limit stopped the program, 130 after Ctrl-C.
A process that dies of its own mistake (docs/mistakes.md) exits as a shell shows it: 134, or 139 for a segmentation fault.
PYTHONMALLOC chooses the allocator as in CPython: pymalloc, malloc, debug, pymalloc_debug, malloc_debug; so does -X dev.
PYTHONHASHSEED is 0 unless it is set, so that the same program gives the same bytes.

  moult run examples/talk/04-count-ids.py
  moult compare examples/talk/04-count-ids.py --python 3.8,3.12
  moult run --report -c 'x = [[] for _ in range(1000)]'
  moult why --at 9 l1 examples/talk/07-lists.py
  echo 'print(id(9))' | moult run -
`;
