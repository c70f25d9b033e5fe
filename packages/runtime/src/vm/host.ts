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
/** Where programs see the standard library. */
export const LIBRARY = '/usr/local/lib/python3.13';

/**
 * Filled when the process is linked to its host. `sources`: texts that are no files, by their name, such as `<string>`. `frozen`: the
 * code of a module that is built in as bytecode, as marshal writes it; null where there is no library.
 */
export const host: {
  files: HostFiles;
  sources: Record<string, string>;
  frozen: (name: string) => Uint8Array | null;
} = { files: none, sources: {}, frozen: () => null };
