/** Objects by name: refs from scene ids and addresses, things in sentences. */
import { describe, ownName, type Reader, typeName } from '@moult/inspect';
import type { Piece, Ref } from '../protocol.ts';
import type { ModelContext } from './context.ts';

/** Of a scene's id: a serial number, or an address below zero. */
export function refOfId(id: number): Ref {
  return id > 0 ? `#${id}` : `0x${(-id).toString(16)}`;
}
export function idOfRef(ref: Ref): number {
  return ref.startsWith('#') ? Number(ref.slice(1)) : -Number.parseInt(ref, 16);
}

export const count = (n: number): string => n.toLocaleString('en-US');
export const plural = (n: number, one: string, many = `${one}s`): string => `${count(n)} ${n === 1 ? one : many}`;

/** "list #38", "module gc #37", "int 1". */
export function nameOf(context: ModelContext, reader: Reader, address: number): { ref: Ref; text: string } {
  const ref = context.refOf(address);
  const info = reader.typeOrNull(address);
  const type = info === null ? 'object' : typeName(info);
  const own = info === null ? null : ownName(reader, address);
  if (own !== null) {
    const short = own.split('<locals>.').at(-1) ?? own;
    return { ref, text: `${type} ${short}${ref.startsWith('#') ? ` ${ref}` : ''}` };
  }
  if (ref.startsWith('#')) return { ref, text: `${type} ${ref}` };
  const text = info === null ? '<' : describe(reader, address, 0);
  return { ref, text: text.startsWith('<') ? `${type} ${ref}` : `${type} ${text}` };
}

/** A sentence begins with a capital. */
export function capital(piece: { ref: Ref; text: string }): Piece {
  return { ref: piece.ref, text: piece.text.slice(0, 1).toUpperCase() + piece.text.slice(1) };
}
/** What pieces say, as text. */
export function plain(pieces: readonly Piece[]): string {
  return pieces.map((p) => (typeof p === 'string' ? p : 'code' in p ? p.code : p.text)).join('');
}
