// A series as a chart of block characters, eighths of a line high.
const EIGHTHS = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;

/** `rows` lines, `values.length` characters wide, the top line first; the highest value fills all rows. */
export function barChart(values: readonly number[], rows: number): string[] {
  const most = values.reduce((a, b) => Math.max(a, b), 0);
  const eighths = values.map((v) => (most === 0 ? 0 : Math.max(v > 0 ? 1 : 0, Math.round((v / most) * rows * 8))));
  return Array.from({ length: rows }, (_, row) => {
    const below = (rows - 1 - row) * 8;
    return eighths.map((e) => EIGHTHS[Math.min(8, Math.max(0, e - below))]).join('');
  });
}
