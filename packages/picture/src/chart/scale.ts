/** Round numbers for an axis. */

/** Steps of 1, 2 or 5 times a power of ten (of two for bytes) from 0 to at least `most`, about `wanted` of them. */
export function ticksOf(most: number, wanted: number, unit: 'number' | 'bytes' = 'number'): number[] {
  if (!(most > 0)) return [0];
  const rough = most / Math.max(1, wanted);
  const step = unit === 'bytes' ? binaryStep(rough) : decimalStep(rough);
  const out: number[] = [];
  for (let value = 0; value < most + step; value += step) out.push(value);
  return out;
}
function decimalStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].find((m) => m * power >= rough) ?? 10;
  return Math.max(1, step * power);
}
function binaryStep(rough: number): number {
  const unit = 1024 ** Math.max(0, Math.floor(Math.log2(Math.max(1, rough)) / 10));
  return unit === 1 ? decimalStep(rough) : Math.max(unit, decimalStep(rough / unit) * unit);
}

const UNITS = ['B', 'KiB', 'MiB', 'GiB'] as const;
/** "0", "456 B", "1.5 MiB". */
export function bytesText(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < UNITS.length - 1) {
    value /= 1024;
    unit++;
  }
  const text = value >= 100 || Number.isInteger(value) ? String(Math.round(value)) : value.toFixed(1);
  return bytes === 0 ? '0' : `${text} ${UNITS[unit]}`;
}
