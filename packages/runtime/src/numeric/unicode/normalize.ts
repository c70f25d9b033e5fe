// unicodedata.normalize and the NFKC of identifiers. The host's normalize() does the work; a host with a newer Unicode
// would also touch characters that 15.1 does not have, so those are kept out of its hands: unassigned code points are
// starters that combine with nothing, so the text may be cut at them.

import { isAssigned } from './properties.ts';

export type NormalForm = 'NFC' | 'NFD' | 'NFKC' | 'NFKD';

export function normalize(text: string, form: NormalForm): string {
  let i = 0;
  while (i < text.length && text.charCodeAt(i) < 128) i++;
  if (i === text.length) return text;
  let out = '';
  let start = 0;
  while (i < text.length) {
    const c = text.codePointAt(i)!;
    const size = c > 0xffff ? 2 : 1;
    if (!isAssigned(c)) {
      out += text.slice(start, i).normalize(form) + text.slice(i, i + size);
      start = i + size;
    }
    i += size;
  }
  return out + text.slice(start).normalize(form);
}
