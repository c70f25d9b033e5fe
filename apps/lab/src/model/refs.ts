/** Objects by name: refs from scene ids and addresses, things in sentences. */
import { describe, type Reader, typeName } from '@moult/inspect';
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

/** "list #38", "module gc", "int 1". */
export function nameOf(context: ModelContext, reader: Reader, address: number): { ref: Ref; text: string } {
  const ref = context.refOf(address);
  const info = reader.typeOrNull(address);
  const type = info === null ? 'object' : typeName(info);
  if (ref.startsWith('#')) return { ref, text: `${type} ${ref}` };
  const text = describe(reader, address, 0);
  return { ref, text: text.startsWith('<') ? (own(text) ?? `${type} ${ref}`) : `${type} ${text}` };
}
function own(text: string): string | null {
  const found = /^<(class|module|built-in function|function) '?([^' ]+)/.exec(text);
  return found === null ? null : `${found[1] === 'built-in function' ? 'function' : found[1]} ${found[2]}`;
}

/** A sentence begins with a capital. */
export function capital(piece: { ref: Ref; text: string }): Piece {
  return { ref: piece.ref, text: piece.text.slice(0, 1).toUpperCase() + piece.text.slice(1) };
}
/** What pieces say, as text. */
export function plain(pieces: readonly Piece[]): string {
  return pieces.map((p) => (typeof p === 'string' ? p : 'code' in p ? p.code : p.text)).join('');
}
