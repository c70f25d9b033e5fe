// The standard library: the archive of CPython's own modules that the build lays beside the bundle, seen as a directory.
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { inflateRawSync } from 'node:zlib';
import type { HostFiles } from '@moult/runtime';

/** Where programs see it. */
const MOUNT = '/lib/python313.zip';
const ARCHIVE = 'python_stdlib.zip';

const END_SIGNATURE = 0x06054b50;
const ENTRY_SIGNATURE = 0x02014b50;
const END_SIZE = 22;
const ENTRY_SIZE = 46;
const LOCAL_HEADER_SIZE = 30;
const DEFLATED = 8;

interface Entry {
  readonly method: number;
  readonly size: number;
  readonly offset: number;
}

/** Files of a zip archive by name, read from its central directory (PKWARE APPNOTE 4.3). */
class Archive {
  private readonly data: Buffer;
  private readonly entries = new Map<string, Entry>();
  private readonly directories = new Map<string, Set<string>>();

  constructor(data: Buffer) {
    this.data = data;
    let end = data.length - END_SIZE;
    while (end >= 0 && data.readUInt32LE(end) !== END_SIGNATURE) end--;
    if (end < 0) throw new RangeError('not a zip archive');
    let at = data.readUInt32LE(end + 16);
    for (let n = data.readUInt16LE(end + 10); n > 0; n--) {
      if (data.readUInt32LE(at) !== ENTRY_SIGNATURE) throw new RangeError('a damaged zip archive');
      const nameLength = data.readUInt16LE(at + 28);
      const name = data.toString('utf8', at + ENTRY_SIZE, at + ENTRY_SIZE + nameLength);
      const entry = {
        method: data.readUInt16LE(at + 10),
        size: data.readUInt32LE(at + 20),
        offset: data.readUInt32LE(at + 42),
      };
      if (!name.endsWith('/')) this.add(name, entry);
      at += ENTRY_SIZE + nameLength + data.readUInt16LE(at + 30) + data.readUInt16LE(at + 32);
    }
  }

  private add(name: string, entry: Entry): void {
    this.entries.set(name, entry);
    const parts = name.split('/');
    for (let i = 0; i < parts.length; i++) {
      const folder = parts.slice(0, i).join('/');
      const names = this.directories.get(folder) ?? new Set();
      names.add(parts[i] as string);
      this.directories.set(folder, names);
    }
  }

  isFile(name: string): boolean {
    return this.entries.has(name);
  }
  list(folder: string): string[] | null {
    const names = this.directories.get(folder);
    return names === undefined ? null : [...names].sort();
  }
  read(name: string): Uint8Array | null {
    const entry = this.entries.get(name);
    if (entry === undefined) return null;
    const { data } = this;
    const start =
      entry.offset + LOCAL_HEADER_SIZE + data.readUInt16LE(entry.offset + 26) + data.readUInt16LE(entry.offset + 28);
    const packed = data.subarray(start, start + entry.size);
    return entry.method === DEFLATED ? inflateRawSync(packed) : packed;
  }
}

/** `files` with the standard library mounted; the archive is opened when it is first asked for. */
export function withStandardLibrary(files: HostFiles): HostFiles {
  const path = fileURLToPath(new URL(ARCHIVE, import.meta.url));
  if (!existsSync(path)) return files;
  let opened: Archive | null = null;
  const archive = (): Archive => {
    opened ??= new Archive(readFileSync(path));
    return opened;
  };
  /** The name inside the archive, or null for other paths. */
  const inside = (name: string): string | null => {
    if (name === MOUNT) return '';
    return name.startsWith(`${MOUNT}/`) ? name.slice(MOUNT.length + 1) : null;
  };
  return {
    readFile(name) {
      const n = inside(name);
      return n === null ? files.readFile(name) : archive().read(n);
    },
    isFile(name) {
      const n = inside(name);
      return n === null ? files.isFile(name) : n !== '' && archive().isFile(n);
    },
    isDirectory(name) {
      const n = inside(name);
      // sys.path asks for the mount itself at each start: no need to open the archive
      return n === null ? files.isDirectory(name) : n === '' || archive().list(n) !== null;
    },
    listDirectory(name) {
      const n = inside(name);
      return n === null ? files.listDirectory(name) : (archive().list(n) ?? []);
    },
  };
}
