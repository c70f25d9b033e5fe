/** Objects of a moment by name, type, value, serial number or address. */
import { HeapGraph } from '@moult/graph';
import { BadName, describe, parseObjectName, typeName, walkName } from '@moult/inspect';
import type { Piece, Ref } from '../../protocol.ts';
import type { ModelContext } from '../context.ts';
import { nameOf } from '../refs.ts';

/** What a search found: in the picture or outside of it. */
export interface Found {
  readonly ref: Ref;
  readonly text: readonly Piece[];
}
const MOST = 12;
/** Texts are only looked through in heaps that are not larger. */
const MOST_TEXTS = 50_000;

export function search(context: ModelContext, find: string): Found[] {
  const text = find.trim();
  if (text === '') return [];
  const direct = named(context, text);
  if (/^(#|@|0x)/i.test(text)) return direct;
  return [...direct, ...byTypeOrText(context, text, new Set(direct.map((f) => f.ref)))].slice(0, MOST);
}

/** A name with its path, "#42", "0x…". */
function named(context: ModelContext, text: string): Found[] {
  const reader = context.reader();
  try {
    const name = parseObjectName(text.replace(/^#/, '@'));
    const frame = context.frame();
    const address =
      name.kind === 'serial'
        ? context.addressOf(`#${name.serial}`)
        : name.kind === 'address'
          ? name.address
          : name.kind === 'path'
            ? walkName(reader, name, frame === 0 ? {} : { frame })
            : 0;
    if (address === 0 || reader.typeOrNull(address) === null) return [];
    const thing = nameOf(context, reader, address);
    return [{ ref: thing.ref, text: [{ code: text }, ' is ', thing] }];
  } catch (error) {
    if (error instanceof BadName || error instanceof RangeError) return [];
    throw error;
  }
}

function byTypeOrText(context: ModelContext, text: string, known: ReadonlySet<Ref>): Found[] {
  const reader = context.reader();
  const heap = context.memo('moment', 'heap', () => new HeapGraph(reader));
  const wanted = text.toLowerCase();
  const types: Found[] = [];
  const texts: Found[] = [];
  const values = heap.graph.nodes <= MOST_TEXTS;
  for (let node = 0; node < heap.graph.nodes && types.length < MOST; node++) {
    const address = heap.addressOf(node);
    const info = reader.typeOrNull(address);
    if (info === null) continue;
    const ref = context.refOf(address);
    if (!ref.startsWith('#') || known.has(ref)) continue;
    const type = typeName(info).toLowerCase();
    if (type === wanted || (wanted.length > 2 && type.startsWith(wanted))) {
      types.push({ ref, text: [nameOf(context, reader, address), ` ${describe(reader, address, 0)}`] });
    } else if (values && texts.length < MOST && ['str', 'int', 'float', 'bytes'].includes(info.layout)) {
      const shown = describe(reader, address, 0);
      if (shown.toLowerCase().includes(wanted))
        texts.push({ ref, text: [nameOf(context, reader, address), ` ${shown}`] });
    }
  }
  return [...types, ...texts];
}
