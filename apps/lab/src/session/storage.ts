/** What the browser keeps for the reader, where it keeps anything: in a sandboxed frame it does not. */
const PREFIX = 'moult.';

export function recall(name: string): string | null {
  try {
    return localStorage.getItem(PREFIX + name);
  } catch {
    return null;
  }
}
export function remember(name: string, value: string): void {
  try {
    localStorage.setItem(PREFIX + name, value);
  } catch {
    // nothing is kept here: the page works without
  }
}
