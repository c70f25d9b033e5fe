// What `moult --help` says.
export const HELP = `Moult runs Python programs on an exact re-creation of CPython 3.13's memory: every object,
reference count, arena and generation is where CPython would have it.

  moult run FILE [ARGUMENTS]     run a program; also: run -c CODE, run -m MODULE, run - (standard input)
  moult dis FILE                 its instructions, as python -m dis shows them
  moult talk [N]                 the talk "Python Memory Understanding", section by section (or section N)

Options of run, before the program:
  --python VERSION    whose rules of memory: 3.13 (default) or 3.8. Under 3.8 small ints and None are counted,
                      collections run inside an allocation, arenas have 256 KiB
  --memory SIZE       MemoryError above this (default 1G), such as 64M
  --instructions N    stop after N instructions
  --timeout S         stop after S seconds
  --report            at the end, on standard error: live objects by type, blocks, pools, arenas, the peak,
                      what each generation's collections freed, the time
  --audit WHEN        recount every reference and compare with the stored counts: every (instruction), N (each
                      N-th), exit (at the end only). Ends with the number of differences and of blocks left

Exit codes are Python's: 0, 1 after an uncaught exception, what sys.exit() says; 2 for a mistake in the command
line or a missing file, 124 when a limit stopped the program, 130 after Ctrl-C.
PYTHONHASHSEED is 0 unless it is set, so that the same program gives the same bytes.

  moult run examples/talk/04-count-ids.py
  moult run --report -c 'x = [[] for _ in range(1000)]'
  echo 'print(id(9))' | moult run -
`;
