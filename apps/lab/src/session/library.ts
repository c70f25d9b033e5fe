/** Fetches modules of the standard library before a program asks for them: those that it names, and what they import in turn. */
import { type LibraryFile, UNICODE_NAMES } from '../protocol.ts';
import { type LibraryIndex, libraryFile, libraryIndex } from './assets.ts';

/** Module names in import statements, wherever they stand; too many do no harm. */
function importedNames(source: string): string[] {
  const names = [...source.matchAll(/\b(?:import|from)[ \t]+([\w.]+(?:[ \t]*,[ \t]*[\w.]+)*)/g)];
  return names.flatMap(([, list]) => (list ?? '').split(',').map((name) => name.trim()));
}

export class LibraryLoader {
  private index: Promise<LibraryIndex> | null = null;
  private readonly sent = new Set<string>();

  private load(): Promise<LibraryIndex> {
    this.index ??= libraryIndex();
    return this.index;
  }
  async names(): Promise<readonly string[]> {
    return (await this.load()).names;
  }
  /** Another worker knows nothing. */
  forget(): void {
    this.sent.clear();
  }

  /** The files that a program may need and that were not sent yet. */
  async forProgram(source: string): Promise<LibraryFile[]> {
    const { names } = await this.load();
    const all = new Set(names);
    const wanted = importedNames(source).flatMap((name) => {
      const parts = name.split('.');
      return parts.flatMap((_, n) => {
        const stem = parts.slice(0, n + 1).join('/');
        return [`${stem}.py`, `${stem}/__init__.py`].filter((file) => all.has(file));
      });
    });
    return this.files(/\\N\{|\bunicodedata\b/.test(source) ? [...wanted, UNICODE_NAMES] : wanted);
  }

  /** These files and what they import. */
  async files(wanted: readonly string[]): Promise<LibraryFile[]> {
    const { names, imports } = await this.load();
    const numbers = new Map(names.map((name, i) => [name, i]));
    const found = new Set<number>();
    const visit = (number: number): void => {
      if (found.has(number)) return;
      found.add(number);
      for (const next of imports[number] ?? []) visit(next);
    };
    for (const name of wanted) {
      const number = numbers.get(name);
      if (number !== undefined) visit(number);
    }
    const also = wanted.filter((name) => name === UNICODE_NAMES);
    const files = [...found]
      .map((number) => names[number] as string)
      .concat(also)
      .filter((name) => !this.sent.has(name));
    const loaded = await Promise.all(files.map(async (name) => ({ name, data: await libraryFile(name) })));
    for (const name of files) this.sent.add(name);
    return loaded;
  }
}
