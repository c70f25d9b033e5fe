// What Node's file functions throw, as the negative errno values that the engine's host interface has.
const EIO = 5;

export function errnoOf(e: unknown): number {
  const n = (e as NodeJS.ErrnoException).errno;
  return typeof n === 'number' && n < 0 ? n : -EIO;
}
/** f(), or the negative errno of what it threw. */
export function guarded<T>(f: () => T): T | number {
  try {
    return f();
  } catch (e) {
    return errnoOf(e);
  }
}
