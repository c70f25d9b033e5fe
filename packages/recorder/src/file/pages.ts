// The checkpoints of a recording and what their pages hold. What the process held before it began is not in the file: whoever
// opens it makes the same process again, and both number its contents alike.
import type { HostState } from '../assemble.ts';
import type { Checkpoint, Checkpoints } from '../pages/checkpoints.ts';
import { MOST } from '../pages/pack.ts';
import type { PageStore } from '../pages/store.ts';
import { type ByteReader, type ByteWriter, Malformed } from './bytes.ts';
import { CHUNK, type ContainerReader, type ContainerWriter } from './container.ts';

/** The numbers of contents in the file: 0 is a page of zeros, then those of the first checkpoint, then the file's own. */
export class Numbers {
  /** By number, the content of the store. */
  readonly contents: number[] = [0];
  private readonly numbers = new Map<number, number>([[0, 0]]);

  constructor(first: Checkpoint<HostState>) {
    for (const content of first.contents) this.add(content);
  }
  add(content: number): void {
    if (this.numbers.has(content)) return;
    this.numbers.set(content, this.contents.length);
    this.contents.push(content);
  }
  of(content: number): number {
    return this.numbers.get(content) as number;
  }
}

export function writePages(file: ContainerWriter, list: readonly Checkpoint<HostState>[], store: PageStore): void {
  const numbers = new Numbers(list[0] as Checkpoint<HostState>);
  const first = numbers.contents.length;
  for (const { contents } of list.slice(1)) {
    for (const content of contents) {
      // a base comes before what is packed against it
      numbers.add(store.baseOf(content));
      numbers.add(content);
    }
  }
  const kept = numbers.contents.slice(first);
  file.section('PIDX', (out, full) => {
    out.count(kept.length);
    for (const content of kept) {
      out.count(store.hashOf(content));
      out.count(store.sizeOf(content));
      out.count(numbers.of(store.baseOf(content)));
      full();
    }
  });
  let part = new Uint32Array(CHUNK / 4);
  let n = 0;
  for (const content of kept) {
    const packed = store.wordsOf(content);
    if (n + packed.length > part.length) {
      file.whole('PAGE', bytesOf(part, n));
      part = new Uint32Array(CHUNK / 4);
      n = 0;
    }
    part.set(packed, n);
    n += packed.length;
  }
  if (n > 0) file.whole('PAGE', bytesOf(part, n));
  file.section('CKPT', (out, full) => {
    out.count(list.length - 1);
    for (const checkpoint of list.slice(1)) {
      writeCheckpoint(out, checkpoint, numbers);
      full();
    }
  });
}
function bytesOf(words: Uint32Array, n: number): Uint8Array {
  return new Uint8Array(words.buffer, 0, n * 4);
}

function writeCheckpoint(out: ByteWriter, checkpoint: Checkpoint<HostState>, numbers: Numbers): void {
  const { at, state, pages, contents, whole, fixed } = checkpoint;
  out.count(at);
  out.byte((whole ? 1 : 0) | (fixed ? 2 : 0));
  out.count(state.requests);
  out.count(state.interrupts);
  out.count(state.serials + 1);
  out.count(pages.length);
  let before = 0;
  pages.forEach((page, i) => {
    out.count(page - before);
    before = page;
    out.count(numbers.of(contents[i] as number));
  });
}

/** Chunks of pages, unpacked when one of theirs is needed; some stay. */
class PageChunks {
  private readonly file: ContainerReader;
  private readonly kept = new Map<number, Uint32Array>();

  constructor(file: ContainerReader) {
    this.file = file;
  }
  words(index: number): Uint32Array {
    let words = this.kept.get(index);
    if (words !== undefined) return words;
    const bytes = this.file.chunk('PAGE', index);
    // words begin at a multiple of 4
    const aligned = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
    words = new Uint32Array(aligned.buffer, aligned.byteOffset, aligned.length >> 2);
    this.kept.set(index, words);
    if (this.kept.size > STAY) this.kept.delete(this.kept.keys().next().value as number);
    return words;
  }
}
const STAY = 48;

/** Adds the file's checkpoints behind the first one, which is there already. `requests`: how many the log has. */
export function readPages(
  file: ContainerReader,
  checkpoints: Checkpoints<HostState>,
  length: number,
  requests: number,
): void {
  const numbers = new Numbers(checkpoints.list[0] as Checkpoint<HostState>);
  const chunks = new PageChunks(file);
  const { store } = checkpoints;
  const index = file.section('PIDX');
  /** By content: its chunk and where it begins there. */
  const places = new Map<number, readonly [chunk: number, from: number]>();
  let chunk = 0;
  let from = 0;
  for (let n = index.many(); n > 0; n--) {
    const [hash, words] = [index.count(), index.count(MOST)];
    const base = numbers.contents[index.count(numbers.contents.length - 1)] as number;
    if (words < 3 || hash === 0) throw new Malformed('a page that holds nothing');
    if (store.baseOf(base) !== 0) throw new Malformed('a page packed against one that is packed itself');
    if ((from + words) * 4 > CHUNK) {
      chunk++;
      from = 0;
    }
    if ((from + words) * 4 > file.sizeOf('PAGE', chunk)) throw new Malformed('pages are missing');
    if (store.has(hash)) throw new Malformed('a page is there twice');
    const content = store.adopt(hash, words, base);
    places.set(content, [chunk, from]);
    from += words;
    numbers.add(content);
  }
  store.outside = (content) => {
    const [at, first] = places.get(content) as readonly [number, number];
    return chunks.words(at).subarray(first, first + store.sizeOf(content));
  };
  const list = file.section('CKPT');
  let before = -1;
  const n = list.many();
  for (let k = 0; k < n; k++) {
    const checkpoint = readCheckpoint(list, numbers, checkpoints);
    const { at, state } = checkpoint;
    if (at < before || at > length || state.requests > requests) throw new Malformed('its states are out of order');
    before = at;
    checkpoints.append(checkpoint);
  }
  if (before !== length || list.left > 0) throw new Malformed('its last state is not the end');
  if (numbers.contents.some((content) => content !== 0 && store.referencesOf(content) === 0))
    throw new Malformed('a page that no state has');
}

function readCheckpoint(
  from: ByteReader,
  numbers: Numbers,
  { pageCount, store }: Checkpoints<HostState>,
): Checkpoint<HostState> {
  const at = from.count();
  const flags = from.byte();
  if (flags > 3) throw new Malformed('a state of an unknown kind');
  const [requests, interrupts, serials] = [from.count(), from.count(), from.count() - 1] as [number, number, number];
  const n = from.many();
  const pages = new Int32Array(n);
  const contents = new Int32Array(n);
  let page = 0;
  for (let k = 0; k < n; k++) {
    const step = from.count(pageCount);
    page += step;
    if (page >= pageCount || (k > 0 && step === 0)) throw new Malformed('pages out of order');
    pages[k] = page;
    contents[k] = store.retain(numbers.contents[from.count(numbers.contents.length - 1)] as number);
  }
  const state = { requests, interrupts, serials };
  return { at, state, pages, contents, whole: (flags & 1) !== 0, fixed: (flags & 2) !== 0, freed: 0 };
}
