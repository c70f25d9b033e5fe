// The standard library: the archive of CPython's own modules that the build lays beside the bundle, seen as a directory.
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { inflateRawSync } from 'node:zlib';
import type { HostEntry, HostFiles, HostFs, HostStat, Library, ProcessHost } from '@moult/runtime';
import { plainStat } from './hostfs.ts';
import { compiledCode } from './librarycode.ts';

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
  /** As it is packed. */
  readonly packed: number;
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
        packed: data.readUInt32LE(at + 20),
        size: data.readUInt32LE(at + 24),
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

  names(): string[] {
    return [...this.entries.keys()];
  }
  size(name: string): number {
    return this.entries.get(name)?.size ?? 0;
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
    const packed = data.subarray(start, start + entry.packed);
    return entry.method === DEFLATED ? inflateRawSync(packed) : packed;
  }
}

/** The mounted archive, opened when it is first asked for; null where there is none. */
function mounted(): { archive(): Archive; inside(name: string): string | null } | null {
  const path = fileURLToPath(new URL(ARCHIVE, import.meta.url));
  if (!existsSync(path)) return null;
  let opened: Archive | null = null;
  return {
    archive() {
      opened ??= new Archive(readFileSync(path));
      return opened;
    },
    /** The name inside the archive, or null for other paths. */
    inside(name) {
      if (name === MOUNT) return '';
      return name.startsWith(`${MOUNT}/`) ? name.slice(MOUNT.length + 1) : null;
    },
  };
}

const ENOENT = 2;
const EACCES = 13;
const ENOTDIR = 20;
const EINVAL = 22;
const O_ACCMODE = 3;
const W_OK = 2;
/** S_IFREG and S_IFDIR, readable for everyone. */
const FILE_MODE = 0o100444;
const FOLDER_MODE = 0o040555;
const S_IFMT = 0o170000;
/** Descriptors of the archive's files lie far above the host's. */
const FIRST_FD = 1 << 20;

/** A host whose file system has the standard library mounted too, for os and open. */
export function withLibraryFiles(io: ProcessHost['io'], fs: HostFs): { io: ProcessHost['io']; fs: HostFs } {
  const mount = mounted();
  if (mount === null) return { io, fs };
  const { archive, inside } = mount;
  const open = new Map<number, { readonly data: Uint8Array; position: number }>();
  let next = FIRST_FD;
  const statOf = (name: string): HostStat | number => {
    const clean = name.replace(/\/+$/, '');
    if (archive().isFile(clean)) {
      return name === clean ? plainStat(FILE_MODE, (archive().read(clean) as Uint8Array).length) : -ENOTDIR;
    }
    return clean === '' || archive().list(clean) !== null ? plainStat(FOLDER_MODE, 0) : -ENOENT;
  };
  return {
    io: {
      ...io,
      open(path, flags, mode) {
        const name = inside(path);
        if (name === null) return io.open(path, flags, mode);
        if ((flags & O_ACCMODE) !== 0) return -EACCES;
        const data = archive().read(name);
        if (data === null) return -ENOENT;
        open.set(next, { data, position: 0 });
        return next++;
      },
      read(fd, max) {
        const file = open.get(fd);
        if (file === undefined) return io.read(fd, max);
        const part = file.data.subarray(file.position, file.position + max);
        file.position += part.length;
        return part;
      },
      seek(fd, offset, whence) {
        const file = open.get(fd);
        if (file === undefined) return io.seek(fd, offset, whence);
        const base = whence === 0 ? 0 : whence === 1 ? file.position : file.data.length;
        if (base + offset < 0) return -EINVAL;
        file.position = base + offset;
        return file.position;
      },
      close: (fd) => (open.delete(fd) ? 0 : io.close(fd)),
      isatty: (fd) => !open.has(fd) && io.isatty(fd),
      stat(fd) {
        const file = open.get(fd);
        return file === undefined ? io.stat(fd) : { mode: FILE_MODE, size: file.data.length };
      },
    },
    fs: {
      ...fs,
      stat(path, follow) {
        const name = inside(path);
        return name === null ? fs.stat(path, follow) : statOf(name);
      },
      fstat(fd) {
        const file = open.get(fd);
        return file === undefined ? fs.fstat(fd) : plainStat(FILE_MODE, file.data.length);
      },
      list(path) {
        const name = inside(path.replace(/\/+$/, ''));
        if (name === null) return fs.list(path);
        const names = archive().list(name);
        if (names === null) return archive().isFile(name) ? -ENOTDIR : -ENOENT;
        return names.map((entry): HostEntry => {
          const kind = archive().isFile(name === '' ? entry : `${name}/${entry}`) ? FILE_MODE : FOLDER_MODE;
          return { name: entry, kind: kind & S_IFMT, ino: 0n };
        });
      },
      access(path, mode) {
        const name = inside(path);
        return name === null ? fs.access(path, mode) : (mode & W_OK) === 0 && typeof statOf(name) !== 'number';
      },
    },
  };
}

/** `files` with the standard library mounted. */
export function withStandardLibrary(files: HostFiles): HostFiles {
  const mount = mounted();
  if (mount === null) return files;
  const { archive, inside } = mount;
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

/** Whether importlib itself is to import (decision 22); it is tried out until all tests pass with it. */
export const BY_IMPORTLIB = process.env.MOULT_IMPORTLIB === '1';

/** The archive as the engine's own library; undefined where there is none. */
export function standardLibrary(): Library | undefined {
  const mount = mounted();
  if (mount === null) return undefined;
  const { archive } = mount;
  let compiled: ((key: string) => Uint8Array | null) | null = null;
  const kept = new Map<string, Uint8Array>();
  return {
    names: () => archive().names(),
    size: (name) => archive().size(name),
    read: (name) => archive().read(name),
    code(key) {
      compiled ??= compiledCode();
      const known = kept.get(key) ?? compiled(key);
      if (known !== null) kept.set(key, known);
      return known;
    },
    keep: (key, code) => kept.set(key, code),
  };
}
