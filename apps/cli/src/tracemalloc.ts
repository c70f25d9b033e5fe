// -X tracemalloc=N and PYTHONTRACEMALLOC: how many frames to keep from the start on.
const MAX_FRAMES = 65535;

/** 0: not at all. A text: what CPython says before it gives up. */
export function tracemallocOf(
  env: Readonly<Record<string, string | undefined>>,
  xoptions: Readonly<Record<string, string | true>>,
): number | string {
  const { tracemalloc: option } = xoptions;
  const text = option ?? (env.PYTHONTRACEMALLOC || undefined);
  if (text === undefined) return 0;
  if (text === true || text === '') return text === true ? 1 : 0;
  const n = /^[+-]?\d{1,10}$/.test(text.trim()) ? Number(text) : Number.NaN;
  if (!(n >= 0 && n <= 0x7fffffff)) {
    const name = option === undefined ? 'PYTHONTRACEMALLOC' : '-X tracemalloc=NFRAME';
    return `Fatal Python error: config_init_tracemalloc: ${name}: invalid number of frames\nPython runtime state: preinitialized\n\n`;
  }
  if (n > MAX_FRAMES) {
    return (
      "Fatal Python error: init_interp_main: can't start tracemalloc\nPython runtime state: core initialized\n" +
      `ValueError: the number of frames must be in range [1; ${MAX_FRAMES}]\n\n`
    );
  }
  return n;
}
