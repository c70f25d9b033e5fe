/** Who holds an object: rows that add up to its count. */
import { holdersOf, Words } from '@moult/recorder';
import type { Piece, Ref } from '../../protocol.ts';
import type { ModelContext } from '../context.ts';

export interface HolderRow {
  readonly times: number;
  /** The holder in words; the object that holds is a link. */
  readonly text: readonly Piece[];
  readonly words: string;
  readonly ref: Ref | null;
  readonly line: number | null;
}

export function holderRows(context: ModelContext, address: number): HolderRow[] {
  const { recording } = context;
  const say = new Words();
  const rows = new Map<string, HolderRow>();
  for (const { owner, holder } of holdersOf(context.reader(), recording.serials, address)) {
    const words = say.holder(holder);
    const ref = owner === 0 ? null : context.refOf(owner);
    const key = `${words} ${ref}`;
    const known = rows.get(key);
    if (known !== undefined) {
      rows.set(key, { ...known, times: known.times + 1 });
      continue;
    }
    const text = ref === null || !('owner' in holder) ? [words] : linked(words, say.thing(holder.owner), ref);
    rows.set(key, { times: 1, text, words, ref, line: null });
  }
  return [...rows.values()];
}

function linked(words: string, owner: string, ref: Ref): Piece[] {
  const at = words.lastIndexOf(owner);
  if (at < 0) return [words];
  return [words.slice(0, at), { ref, text: owner }, words.slice(at + owner.length)].filter((p) => p !== '');
}
