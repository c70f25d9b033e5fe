/** What the machine asks of the outside: files, by a record that the process room fills. Paths are plain text. */
export interface HostFiles {
  /** The bytes of a file, or null when there is none. */
  readFile(path: string): Uint8Array | null;
  isFile(path: string): boolean;
  isDirectory(path: string): boolean;
  /** Names in a directory, sorted; [] when it is none. */
  listDirectory(path: string): string[];
}
const none: HostFiles = {
  readFile: () => null,
  isFile: () => false,
  isDirectory: () => false,
  listDirectory: () => [],
};
/** Filled when the process is linked to its host. `sources`: texts that are no files, by their name, such as `<string>`. */
export const host: { files: HostFiles; sources: Record<string, string> } = { files: none, sources: {} };
