/**
 * The standard library as a directory of the process: its modules, and beside them the bytecode files that an installed Python has,
 * made when they are first read. Its open files are in memory, so that a restored process goes on reading.
 */
import { bytes, i32, ROOM_STATE, setI32 } from '../memory/linear.ts';
import { frozenModule, frozenNames } from '../modules/frozenmodules.ts';
import type { HostEntry, HostFs, HostStat } from '../modules/hostfs.ts';
import type { HostIo } from '../modules/hostio.ts';
import { type HostFiles, LIBRARY } from '../vm/host.ts';
import { borrowsLoads, precompile } from '../vm/pycompile.ts';

/** The files of the standard library: the same whenever they are asked for. */
export interface Library {
  /** As `json/decoder.py`. */
  names(): readonly string[];
  size(name: string): number;
  read(name: string): Uint8Array | null;
  /** Compiled code that was kept for a key, in this run or by compileLibrary(). */
  code?(key: string): Uint8Array | null;
  keep?(key: string, code: Uint8Array): void;
}

/** 3571, CR LF; flags 0: checked by time and size. */
const MAGIC = [0xf3, 0x0d, 0x0d, 0x0a, 0, 0, 0, 0];
const HEADER = 16;
/** The day of 3.13.0. */
const MTIME = 1_728_259_200;
const CACHED = /^(.*\/)?__pycache__\/([^/]+)\.cpython-313\.pyc$/;

const ENOENT = 2;
const EBADF = 9;
const EACCES = 13;
const ENOTDIR = 20;
const EINVAL = 22;
const EMFILE = 24;
const EROFS = 30;
const O_ACCMODE = 3;
const W_OK = 2;
/** S_IFREG and S_IFDIR, readable for everyone. */
const FILE_MODE = 0o100444;
const FOLDER_MODE = 0o040555;
const S_IFMT = 0o170000;

/** Open files: the number of the name, from 1, and the position. Their descriptors lie far above the host's. */
const OPEN = ROOM_STATE + 0x3600;
const SLOTS = 64;
const FIRST_FD = 1 << 20;

export class LibraryTree {
  private readonly library: Library;
  /** Laid out when a path inside is first asked for. */
  private files: readonly string[] = [];
  private readonly numbers = new Map<string, number>();
  private readonly folders = new Map<string, Set<string>>();

  /** The bytecode file that was read last: a file is read in several pieces. */
  private last: { readonly key: string; readonly data: Uint8Array } | null = null;

  constructor(library: Library) {
    this.library = library;
  }
  private layOut(): void {
    if (this.files.length > 0) return;
    const sources = [...this.library.names()].sort();
    const cached = sources.filter((name) => name.endsWith('.py')).map((name) => cachedName(name));
    this.files = [...sources, ...cached];
    for (const folder of ['lib-dynload', 'site-packages']) this.folders.set(folder, new Set());
    this.folders.set('', new Set(this.folders.keys()));
    this.files.forEach((name, i) => {
      this.numbers.set(name, i);
      const parts = name.split('/');
      for (let k = 0; k < parts.length; k++) {
        const folder = parts.slice(0, k).join('/');
        const inside = this.folders.get(folder) ?? new Set();
        inside.add(parts[k] as string);
        this.folders.set(folder, inside);
      }
    });
  }

  numberOf(name: string): number | undefined {
    this.layOut();
    return this.numbers.get(name);
  }
  nameOf(number: number): string {
    this.layOut();
    return this.files[number] as string;
  }
  /** Names in a folder, sorted; null where there is none. */
  list(folder: string): string[] | null {
    this.layOut();
    const names = this.folders.get(folder);
    return names === undefined ? null : [...names].sort();
  }
  isFolder(name: string): boolean {
    this.layOut();
    return this.folders.has(name);
  }
  isFile(name: string): boolean {
    this.layOut();
    return this.numbers.has(name);
  }
  size(name: string): number {
    const source = sourceName(name);
    if (source === null) return this.library.size(name);
    return this.read(name)?.length ?? 0;
  }
  read(name: string): Uint8Array | null {
    const source = sourceName(name);
    if (source === null) return this.library.read(name);
    const unit = codeUnit(source, borrowsLoads());
    if (this.last?.key === unit.key) return this.last.data;
    const code = this.code(unit);
    if (code === null) return null;
    const out = new Uint8Array(HEADER + code.length);
    out.set(MAGIC);
    const view = new DataView(out.buffer);
    view.setUint32(8, MTIME, true);
    view.setUint32(12, this.library.size(source), true);
    out.set(code, HEADER);
    this.last = { key: unit.key, data: out };
    return out;
  }
  /** The code of a module that is built in as bytecode. */
  frozen(name: string): Uint8Array | null {
    const base = name.replaceAll('.', '/');
    const source = [`${base}.py`, `${base}/__init__.py`].find((file) => this.isFile(file));
    if (source === undefined) return null;
    return this.code(codeUnit(source, borrowsLoads(), name));
  }
  private code({ key, source, filename, borrowed }: CodeUnit): Uint8Array | null {
    const known = this.library.code?.(key) ?? null;
    if (known !== null) return known;
    const text = this.library.read(source);
    if (text === null) return null;
    const made = precompile(text, filename, borrowed);
    this.library.keep?.(key, made);
    return made;
  }
}

interface CodeUnit {
  readonly key: string;
  readonly source: string;
  readonly filename: string;
  readonly borrowed: boolean;
}
/** The code of a source file, or that of the frozen module `frozen` which is made of it. */
function codeUnit(source: string, borrowed: boolean, frozen?: string): CodeUnit {
  return {
    key: `${borrowed ? 'borrowed' : 'plain'}:${frozen === undefined ? '' : 'frozen:'}${source}`,
    source,
    filename: frozen === undefined ? `${LIBRARY}/${source}` : `<frozen ${frozen}>`,
    borrowed,
  };
}
/** Compiles all modules of the library, for each kind of code, and gives them to `keep` under the keys that `code` is asked for. */
export function compileLibrary(library: Library, keep: (key: string, code: Uint8Array) => void): void {
  const frozen = new Map<string, string>();
  for (const name of frozenNames()) {
    const origin = frozenModule(name)?.origin ?? name;
    frozen.set(`${origin.replaceAll('.', '/')}.py`, origin);
  }
  for (const source of library.names()) {
    const text = source.endsWith('.py') ? library.read(source) : null;
    if (text === null) continue;
    for (const borrowed of [false, true]) {
      const name = frozen.get(source);
      for (const unit of [
        codeUnit(source, borrowed),
        ...(name === undefined ? [] : [codeUnit(source, borrowed, name)]),
      ])
        keep(unit.key, precompile(text, unit.filename, borrowed));
    }
  }
}

function cachedName(source: string): string {
  const slash = source.lastIndexOf('/') + 1;
  return `${source.slice(0, slash)}__pycache__/${source.slice(slash, -'.py'.length)}.cpython-313.pyc`;
}
function sourceName(cached: string): string | null {
  const m = CACHED.exec(cached);
  return m === null ? null : `${m[1] ?? ''}${m[2]}.py`;
}

/** The name inside the library, or null for other paths. */
function inside(path: string): string | null {
  if (path === LIBRARY) return '';
  return path.startsWith(`${LIBRARY}/`) ? path.slice(LIBRARY.length + 1).replace(/\/+$/, '') : null;
}
function statOf(mode: number, size: number): HostStat {
  const time = BigInt(MTIME) * 1_000_000_000n;
  const times = { atime: time, mtime: time, ctime: time };
  const none = { ino: 0n, dev: 0n, rdev: 0n, nlink: 1, uid: 0, gid: 0 };
  return { ...none, ...times, mode, size, blksize: 4096, blocks: Math.ceil(size / 512) };
}
/** The slot of an open file of ours, or 0. */
function slotOf(fd: number): number {
  const i = fd - FIRST_FD;
  const slot = OPEN + i * 8;
  return i >= 0 && i < SLOTS && i32(slot) !== 0 ? slot : 0;
}

export function libraryIo<T extends HostIo>(tree: LibraryTree, io: T): T {
  const dataOf = (slot: number): Uint8Array => tree.read(tree.nameOf(i32(slot) - 1)) ?? new Uint8Array(0);
  return {
    ...io,
    open(path, flags, mode) {
      const name = inside(path);
      if (name === null) return io.open(path, flags, mode);
      if ((flags & O_ACCMODE) !== 0) return -EACCES;
      const number = tree.numberOf(name);
      if (number === undefined || tree.read(name) === null) return -ENOENT;
      for (let i = 0; i < SLOTS; i++) {
        const slot = OPEN + i * 8;
        if (i32(slot) !== 0) continue;
        setI32(slot, number + 1);
        setI32(slot + 4, 0);
        return FIRST_FD + i;
      }
      return -EMFILE;
    },
    read(fd, max) {
      const slot = slotOf(fd);
      if (slot === 0) return io.read(fd, max);
      const part = dataOf(slot).subarray(i32(slot + 4), i32(slot + 4) + max);
      setI32(slot + 4, i32(slot + 4) + part.length);
      return part;
    },
    write: (fd, data) => (slotOf(fd) === 0 ? io.write(fd, data) : -EBADF),
    seek(fd, offset, whence) {
      const slot = slotOf(fd);
      if (slot === 0) return io.seek(fd, offset, whence);
      const base = whence === 0 ? 0 : whence === 1 ? i32(slot + 4) : dataOf(slot).length;
      if (base + offset < 0) return -EINVAL;
      setI32(slot + 4, base + offset);
      return base + offset;
    },
    close(fd) {
      const slot = slotOf(fd);
      if (slot === 0) return io.close(fd);
      bytes.fill(0, slot, slot + 8);
      return 0;
    },
    isatty: (fd) => slotOf(fd) === 0 && io.isatty(fd),
    stat(fd) {
      const slot = slotOf(fd);
      return slot === 0 ? io.stat(fd) : { mode: FILE_MODE, size: dataOf(slot).length };
    },
  };
}

export function libraryFs(tree: LibraryTree, fs: HostFs): HostFs {
  const stat = (name: string): HostStat | number => {
    if (tree.isFile(name)) return statOf(FILE_MODE, tree.size(name));
    return tree.isFolder(name) ? statOf(FOLDER_MODE, 0) : -ENOENT;
  };
  /** What changes a file fails inside the library. */
  const change = (f: (path: string, ...rest: never[]) => number) =>
    ((path: string, ...rest: never[]) => (inside(path) === null ? f(path, ...rest) : -EROFS)) as never;
  return {
    ...fs,
    stat(path, follow) {
      const name = inside(path);
      return name === null ? fs.stat(path, follow) : stat(name);
    },
    fstat(fd) {
      const slot = slotOf(fd);
      return slot === 0 ? fs.fstat(fd) : statOf(FILE_MODE, tree.size(tree.nameOf(i32(slot) - 1)));
    },
    list(path) {
      const name = inside(path);
      if (name === null) return fs.list(path);
      const names = tree.list(name);
      if (names === null) return tree.isFile(name) ? -ENOTDIR : -ENOENT;
      return names.map((entry): HostEntry => {
        const kind = tree.isFile(name === '' ? entry : `${name}/${entry}`) ? FILE_MODE : FOLDER_MODE;
        return { name: entry, kind: kind & S_IFMT, ino: 0n };
      });
    },
    access(path, mode) {
      const name = inside(path);
      return name === null ? fs.access(path, mode) : (mode & W_OK) === 0 && typeof stat(name) !== 'number';
    },
    readlink(path) {
      const name = inside(path);
      return name === null ? fs.readlink(path) : typeof stat(name) === 'number' ? -ENOENT : -EINVAL;
    },
    mkdir: change(fs.mkdir),
    rmdir: change(fs.rmdir),
    unlink: change(fs.unlink),
    chmod: change(fs.chmod),
  };
}

export function libraryFiles(tree: LibraryTree, files: HostFiles): HostFiles {
  return {
    readFile(path) {
      const name = inside(path);
      return name === null ? files.readFile(path) : tree.isFile(name) ? tree.read(name) : null;
    },
    isFile(path) {
      const name = inside(path);
      return name === null ? files.isFile(path) : tree.isFile(name);
    },
    isDirectory(path) {
      const name = inside(path);
      return name === null ? files.isDirectory(path) : tree.isFolder(name);
    },
    listDirectory(path) {
      const name = inside(path);
      return name === null ? files.listDirectory(path) : (tree.list(name) ?? []);
    },
  };
}
