/** Program, version and moment in the link's hash. What comes by a link starts only when Run is pressed. */
import { signal } from '@preact/signals';
import type { Choice } from './programs.ts';
import { draft, moment, program, python } from './state.ts';

export const shared = signal(false);

const toText = (bytes: Uint8Array): string => {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
};
const toBytes = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0));

async function through(
  bytes: Uint8Array<ArrayBuffer>,
  stream: GenericTransformStream,
): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(stream)).arrayBuffer());
}

/** Programs of a link are at most so long. */
const LONGEST = 200_000;

export async function linkNow(): Promise<string> {
  const source = new TextEncoder().encode(draft.value) as Uint8Array<ArrayBuffer>;
  const packed = toText(await through(source, new CompressionStream('deflate-raw')));
  const fields = new URLSearchParams({ name: program.value.name, python: python.value, program: packed });
  if (moment.value !== null) fields.set('at', String(moment.value.at));
  const url = new URL(location.href);
  url.hash = fields.toString();
  return url.href;
}

export async function share(): Promise<void> {
  const link = await linkNow();
  history.replaceState(null, '', link);
  try {
    await navigator.clipboard.writeText(link);
  } catch {
    // no clipboard here: the link stands in the address bar
  }
  shared.value = true;
  setTimeout(() => {
    shared.value = false;
  }, 2000);
}

/** What a link brought; null: none. */
export async function fromLink(hash: string): Promise<(Choice & { readonly python: string }) | null> {
  const fields = new URLSearchParams(hash.replace(/^#/, ''));
  const packed = fields.get('program');
  if (packed === null) return null;
  try {
    const source = new TextDecoder('utf-8', { fatal: true }).decode(
      await through(toBytes(packed), new DecompressionStream('deflate-raw')),
    );
    if (source.length > LONGEST) return null;
    const name = /^[\w.-]{1,64}\.py$/.exec(fields.get('name') ?? '')?.[0] ?? 'program.py';
    const at = Number(fields.get('at') ?? 0);
    const version = /^3\.\d+(\.\d+)?$/.exec(fields.get('python') ?? '')?.[0] ?? '3.13';
    return {
      id: 'own',
      group: '',
      title: name,
      name,
      source: source.replace(/\n$/, ''),
      at: Number.isSafeInteger(at) && at > 0 ? `step:${at}` : 'start',
      python: version,
    };
  } catch {
    return null;
  }
}
