/** What the machine asks of the outside: files, by a record that the process room fills. Paths are plain text. */
export interface HostFiles {
  /** The bytes of a file, or null when there is none. */
  readFile(path: string): Uint8Array | null;
  isFile(path: string): boolean;
  isDirectory(path: string): boolean;
  /** Names in a directory, sorted; [] when it is none. */
  listDirectory(path: string): string[];
}
export const host: { files: HostFiles; compile: CompileHook } = {
  files: {
    readFile: () => null,
    isFile: () => false,
    isDirectory: () => false,
    listDirectory: () => [],
  },
  compile: () => {
    throw new Error('no compiler is linked');
  },
};
/** Compiles source text of a module; raises SyntaxError (PENDING). Returns a new reference to the code object. */
export type CompileHook = (source: Uint8Array, filename: string, mode: 'exec' | 'eval' | 'single') => number;
