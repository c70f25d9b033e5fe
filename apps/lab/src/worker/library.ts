/** The standard library as the process sees it: all names are known, contents come when they are asked for. */
import type { HostFiles } from '@moult/runtime';
import { type LibraryFile, UNICODE_NAMES } from '../protocol.ts';
import { giveNameTexts, nameTextsMissing } from './nametexts.ts';

/** Where programs see it. */
const MOUNT = '/lib/python313.zip';

export class Library {
  private readonly contents = new Map<string, Uint8Array>();
  private readonly names = new Set<string>();
  private readonly folders = new Map<string, Set<string>>();
  /** Asked for and not here. */
  private readonly asked = new Set<string>();

  setNames(names: readonly string[]): void {
    for (const name of names) {
      this.names.add(name);
      const parts = name.split('/');
      for (let i = 0; i < parts.length; i++) {
        const folder = parts.slice(0, i).join('/');
        const inside = this.folders.get(folder) ?? new Set();
        inside.add(parts[i] as string);
        this.folders.set(folder, inside);
      }
    }
  }
  add(files: readonly LibraryFile[]): void {
    for (const { name, data } of files) {
      if (data === null) continue;
      if (name === UNICODE_NAMES) giveNameTexts(JSON.parse(new TextDecoder().decode(data)));
      else this.contents.set(name, data);
      this.asked.delete(name);
    }
  }
  /** What was asked for since `begin` and is not here. */
  missing(): string[] {
    return nameTextsMissing() ? [...this.asked, UNICODE_NAMES] : [...this.asked];
  }
  begin(): void {
    this.asked.clear();
  }

  /** `files` with the library mounted. */
  mount(files: HostFiles): HostFiles {
    const inside = (path: string): string | null =>
      path === MOUNT ? '' : path.startsWith(`${MOUNT}/`) ? path.slice(MOUNT.length + 1) : null;
    return {
      readFile: (path) => {
        const name = inside(path);
        if (name === null) return files.readFile(path);
        const data = this.contents.get(name) ?? null;
        if (data === null && this.names.has(name)) this.asked.add(name);
        return data;
      },
      isFile: (path) => {
        const name = inside(path);
        return name === null ? files.isFile(path) : this.names.has(name);
      },
      isDirectory: (path) => {
        const name = inside(path);
        return name === null ? files.isDirectory(path) : name === '' || this.folders.has(name);
      },
      listDirectory: (path) => {
        const name = inside(path);
        return name === null ? files.listDirectory(path) : [...(this.folders.get(name) ?? [])].sort();
      },
    };
  }
}
