// Compares our libm with native CPython's on random arguments, streaming.
// Usage: node tools/math-compare.mjs PYTHON [COUNT] [FUNCTION …]
// Prints, for each function: how many answers differ, the largest difference in units in the last place, time per call.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const [python, countText = '1000000', ...names] = process.argv.slice(2);
const root = new URL('..', import.meta.url);
const bundle = await rolldown({ input: fileURLToPath(new URL('packages/runtime/src/numeric/libm/index.ts', root)) });
const { output } = await bundle.generate({ format: 'esm' });
const m = await import(`data:text/javascript;base64,${Buffer.from(output[0].code).toString('base64')}`);

const functions = {
  ...m,
  sqrt: Math.sqrt,
  fmod: (x, y) => x % y,
  hypot: (x, y) => m.vectorNorm([x, y]),
  nextafter: (x, y) => m.nextafter(x, y),
};
const arity = { pow: 2, atan2: 2, hypot: 2, hypot2: 2, fmod: 2, remainder: 2, nextafter: 2, fma: 3 };
const all = [
  'exp',
  'exp2',
  'expm1',
  'log',
  'log2',
  'log10',
  'log1p',
  'pow',
  'sin',
  'cos',
  'tan',
  'asin',
  'acos',
  'atan',
  'atan2',
  'sinh',
  'cosh',
  'tanh',
  'asinh',
  'acosh',
  'atanh',
  'cbrt',
  'hypot',
  'hypot2',
  'erf',
  'erfc',
  'gamma',
  'lgamma',
  'fmod',
  'remainder',
  'fma',
  'nextafter',
  'ulp',
];
const bits = new DataView(new ArrayBuffer(8));
const line = (x) => {
  bits.setFloat64(0, x);
  const b = bits.getBigInt64(0);
  return b < 0n ? -(b & 0x7fffffffffffffffn) : b;
};

for (const name of names.length > 0 ? names : all) {
  const n = (arity[name] ?? 1) + 1;
  const f = functions[name];
  const child = spawn(python, [fileURLToPath(new URL('tools/math-oracle.py', root)), 'stream', name, countText], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let rest = Buffer.alloc(0);
  let [checked, different, largest] = [0, 0, 0n];
  let time = 0;
  const samples = [];
  for await (const chunk of child.stdout) {
    rest = Buffer.concat([rest, chunk]);
    const rows = Math.floor(rest.length / (8 * n));
    const values = new Float64Array(rows * n);
    for (let i = 0; i < rows * n; i++) values[i] = rest.readDoubleLE(i * 8);
    const got = new Float64Array(rows);
    const start = performance.now();
    for (let i = 0; i < rows; i++) {
      const a = i * n;
      got[i] =
        n === 2 ? f(values[a]) : n === 3 ? f(values[a], values[a + 1]) : f(values[a], values[a + 1], values[a + 2]);
    }
    time += performance.now() - start;
    for (let i = 0; i < rows; i++) {
      const want = values[i * n + n - 1];
      checked++;
      if (Object.is(got[i], want)) continue;
      if (Number.isNaN(want)) {
        // an exception: ours has to be no finite number
        if (rest.readUInt32LE((i * n + n - 1) * 8 + 4) === 0x7ff8dead && !Number.isFinite(got[i])) continue;
      }
      different++;
      const d = line(got[i]) - line(want);
      const u = d < 0n ? -d : d;
      if (u > largest) largest = u;
      if (samples.length < 3 || (u > 1n && samples.length < 6))
        samples.push(`${[...values.subarray(i * n, i * n + n - 1)]} ours ${got[i]} native ${want}`);
    }
    rest = rest.subarray(rows * n * 8);
  }
  console.log(
    `| ${name} | ${checked} | ${different} | ${((different / checked) * 100).toFixed(3)} % | ${largest} | ${((time / checked) * 1e6).toFixed(0)} ns |`,
  );
  if (process.env.SAMPLES) for (const s of samples) console.log(`    ${s}`);
}
