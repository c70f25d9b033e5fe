/** An object's bytes, field by field. */
import { fieldsOf, type Reader } from '@moult/inspect';
import type { Ref } from '../../protocol.ts';
import type { ModelContext } from '../context.ts';

export interface FieldRow {
  readonly offset: number;
  readonly size: number;
  readonly name: string;
  /** Up to 16 bytes, in the order in which they lie. */
  readonly hex: string;
  readonly text: string;
  /** Where it leads, if to an object. */
  readonly ref: Ref | null;
}
const MOST = 80;
const HEX = 16;

export function fieldRows(context: ModelContext, reader: Reader, address: number): FieldRow[] {
  try {
    return fieldsOf(reader, address, { items: MOST })
      .slice(0, MOST)
      .map(({ offset, size, name, bytes, text, target }) => {
        const leads = target !== 0 && reader.typeOrNull(target) !== null;
        const hex = [...bytes.subarray(0, HEX)].map((b) => b.toString(16).padStart(2, '0')).join(' ');
        return {
          offset,
          size,
          name,
          hex: bytes.length > HEX ? `${hex} …` : hex,
          text,
          ref: leads ? context.refOf(target) : null,
        };
      });
  } catch (error) {
    return [{ offset: 0, size: 0, name: 'not readable', hex: '', text: (error as Error).message, ref: null }];
  }
}
