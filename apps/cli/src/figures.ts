// Numbers for people: counts with commas, sizes in binary units.

export const count = (n: number): string => n.toLocaleString('en-US');

export function size(bytes: number): string {
  if (bytes < 10_240) return `${count(bytes)} B`;
  return bytes < 10 * 2 ** 20 ? `${(bytes / 1024).toFixed(1)} KiB` : `${(bytes / 2 ** 20).toFixed(1)} MiB`;
}
