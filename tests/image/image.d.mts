import type { ImageSummary } from './summary.ts';

export function listImages(filters?: readonly string[]): string[];
export function bundleDrivers(dir: string): Promise<void>;
export interface EngineImage {
  /** null where the program did not wait for input. */
  readonly summary: ImageSummary | null;
  /** What the audit found at that point, or why there is no image. */
  readonly audit: string;
}
export function engineImages(
  dir: string,
  names: readonly string[],
  told: readonly (readonly boolean[])[],
): readonly EngineImage[];
export function nativeImages(dir: string, python: string, names: readonly string[]): readonly ImageSummary[];
export function recordedImage(name: string): ImageSummary | null;
export interface Comparison {
  readonly own: number;
  readonly shared: number;
  readonly differences: readonly string[];
}
export function compareImages(expected: ImageSummary, actual: ImageSummary | null): Comparison;
