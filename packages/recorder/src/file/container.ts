// The file itself: a head, then chunks, each with its length and a checksum, then an end. docs/recorder-file.md describes it.
import { ByteReader, ByteWriter } from './bytes.ts';

/** Packs and unpacks bytes (raw deflate); the host has it. */
export interface FileCodec {
  deflate(data: Uint8Array): Uint8Array;
  /** The `size` bytes that were packed; throws where they are others or more. */
  inflate(packed: Uint8Array, size: number): Uint8Array;
}

export type BadKind = 'foreign' | 'newer' | 'cut' | 'damaged' | 'engine' | 'differs';

/** A file that holds no recording that can be read here; the message says why, in words. */
export class BadRecording extends Error {
  readonly kind: BadKind;
  constructor(kind: BadKind, message: string) {
    super(message);
    this.name = 'BadRecording';
    this.kind = kind;
  }
}
export function damaged(what: string): BadRecording {
  return new BadRecording('damaged', `the recording is damaged: ${what}`);
}

/** As PNG's: a byte above 127, a name, and line ends that a transfer as text would change. */
const MAGIC = [0x89, 0x4d, 0x4f, 0x55, 0x4c, 0x54, 0x0d, 0x0a];
export const FORMAT = 1;
const HEAD = 12;
const CHUNK_HEAD = 16;
/** A chunk holds at most so many bytes before they are packed. */
export const CHUNK = 1 << 20;

export const SECTIONS = ['ABOU', 'LOGS', 'TOLD', 'OUTP', 'PIDX', 'PAGE', 'CKPT'] as const;
export type Section = (typeof SECTIONS)[number];
const END = 'ENDS';

let table: Uint32Array | null = null;
function crcTable(): Uint32Array {
  table ??= Uint32Array.from({ length: 256 }, (_, n) => {
    let c = n;
    for (let k = 0; k < 8; k++) c = (c & 1) === 0 ? c >>> 1 : (c >>> 1) ^ 0xedb88320;
    return c;
  });
  return table;
}
/** CRC-32, as zip and PNG have it; `before` goes on from another part. */
export function crc32(bytes: Uint8Array, before = 0): number {
  const t = crcTable();
  let c = ~before;
  for (let i = 0; i < bytes.length; i++) c = (c >>> 8) ^ (t[(c ^ (bytes[i] as number)) & 255] as number);
  return ~c >>> 0;
}

/** The checksum of a chunk: over its number, what stands in its head, and its bytes. */
function chunkSum(number: number, kind: string, size: number, packed: Uint8Array): number {
  const head = new ByteWriter();
  for (const word of [number, size, packed.length]) head.u32(word);
  for (let i = 0; i < 4; i++) head.byte(kind.charCodeAt(i));
  return crc32(packed, crc32(head.written));
}

/** Writes a file front to back; nothing of it is kept. */
export class ContainerWriter {
  private readonly write: (part: Uint8Array) => void;
  private readonly codec: FileCodec;
  private chunks = 0;
  /** Bytes written so far. */
  length = 0;

  constructor(write: (part: Uint8Array) => void, codec: FileCodec) {
    this.write = write;
    this.codec = codec;
    const head = new ByteWriter();
    head.raw(Uint8Array.from(MAGIC));
    head.u32(FORMAT);
    this.put(head.written.slice());
  }
  private put(part: Uint8Array): void {
    this.write(part);
    this.length += part.length;
  }
  private chunk(kind: string, data: Uint8Array): void {
    const packed = this.codec.deflate(data);
    const head = new ByteWriter();
    for (let i = 0; i < 4; i++) head.byte(kind.charCodeAt(i));
    for (const word of [data.length, packed.length, chunkSum(this.chunks++, kind, data.length, packed)]) head.u32(word);
    this.put(head.written.slice());
    this.put(packed);
  }
  /** A section, which `fill` writes; it calls `full` now and then, so that no more than a chunk is kept. */
  section(kind: Section, fill: (out: ByteWriter, full: () => void) => void): void {
    const out = new ByteWriter();
    const full = (): void => {
      while (out.length >= CHUNK) {
        this.chunk(kind, out.written.subarray(0, CHUNK));
        out.shift(CHUNK);
      }
    };
    fill(out, full);
    full();
    if (out.length > 0) this.chunk(kind, out.written);
  }
  /** One chunk with exactly these bytes. */
  whole(kind: Section, data: Uint8Array): void {
    this.chunk(kind, data);
  }
  end(): void {
    const out = new ByteWriter();
    out.u32(this.chunks);
    this.chunk(END, out.written);
  }
}

interface Chunk {
  readonly size: number;
  readonly packed: Uint8Array;
}

/** A file whose chunks are all there, with the right checksums. They are unpacked when they are asked for. */
export class ContainerReader {
  private readonly codec: FileCodec;
  private readonly chunks = new Map<string, Chunk[]>();

  constructor(bytes: Uint8Array, codec: FileCodec) {
    this.codec = codec;
    const known = Math.min(bytes.length, MAGIC.length);
    if (!isRecording(bytes.subarray(0, known), known) || known === 0)
      throw new BadRecording('foreign', 'it is no recording of Moult');
    if (bytes.length < HEAD) throw new BadRecording('cut', 'the recording is cut off within its first bytes');
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const format = view.getUint32(MAGIC.length, true);
    if (format > FORMAT)
      throw new BadRecording(
        'newer',
        `the recording has format ${format}, this Moult reads format ${FORMAT}: a newer Moult made it, update this one`,
      );
    if (format < 1) throw damaged(`there is no format ${format}`);
    let at = HEAD;
    for (let number = 0; ; number++) {
      if (at + CHUNK_HEAD > bytes.length)
        throw new BadRecording(
          'cut',
          `the recording is cut off after ${bytes.length.toLocaleString('en-US')} bytes: its end is missing`,
        );
      const kind = String.fromCharCode(...bytes.subarray(at, at + 4));
      const [size, length, sum] = [4, 8, 12].map((k) => view.getUint32(at + k, true)) as [number, number, number];
      const from = at + CHUNK_HEAD;
      if (size > CHUNK) throw damaged(`a chunk at ${at} is too large`);
      if (length > bytes.length - from)
        throw new BadRecording(
          'cut',
          `the recording is cut off after ${bytes.length.toLocaleString('en-US')} bytes: its end is missing`,
        );
      const packed = bytes.subarray(from, from + length);
      if (chunkSum(number, kind, size, packed) !== sum) throw damaged(`the bytes at ${at} do not have their checksum`);
      at = from + length;
      if (kind === END) {
        const end = this.unpack({ size, packed });
        if (end.length !== 4 || new ByteReader(end).u32() !== number) throw damaged('chunks are missing');
        if (at !== bytes.length) throw damaged('something follows its end');
        return;
      }
      if (!SECTIONS.includes(kind as Section)) throw damaged(`there is no section ${JSON.stringify(kind)}`);
      const list = this.chunks.get(kind) ?? [];
      this.chunks.set(kind, list);
      list.push({ size, packed });
    }
  }

  private unpack(chunk: Chunk): Uint8Array {
    try {
      const data = this.codec.inflate(chunk.packed, chunk.size);
      if (data.length === chunk.size) return data;
    } catch {}
    throw damaged('a chunk cannot be unpacked');
  }
  /** How many chunks a section has. */
  count(kind: Section): number {
    return this.chunks.get(kind)?.length ?? 0;
  }
  sizeOf(kind: Section, index: number): number {
    return this.chunks.get(kind)?.[index]?.size ?? 0;
  }
  chunk(kind: Section, index: number): Uint8Array {
    const chunk = this.chunks.get(kind)?.[index];
    if (chunk === undefined) throw damaged(`a chunk of ${kind} is missing`);
    return this.unpack(chunk);
  }
  /** A section whole. */
  section(kind: Section): ByteReader {
    const list = this.chunks.get(kind) ?? [];
    if (list.length === 1) return new ByteReader(this.chunk(kind, 0));
    const all = new Uint8Array(list.reduce((n, { size }) => n + size, 0));
    let at = 0;
    for (const chunk of list) {
      all.set(this.unpack(chunk), at);
      at += chunk.size;
    }
    return new ByteReader(all);
  }
}

/** Do a file's first bytes say that it is a recording? */
export function isRecording(first: Uint8Array, length = MAGIC.length): boolean {
  return MAGIC.slice(0, length).every((byte, i) => first[i] === byte);
}
