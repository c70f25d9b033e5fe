// What a sentence about an event must say: the thing, the number before and after, the cause; short, without a gap, in known terms.
import { english, glossary, type StretchEvent, type Words } from '@moult/recorder';

const MOST_WORDS = 25;
const JARGON = /\b(?:decref|incref|refcnt|refcount|deref|dealloc|GC|simply|just|undefined|null|NaN)\b/;

/** What of a program stands in a sentence, in backquotes or quotation marks, counts as one word. */
function plain(sentence: string): string {
  return sentence.replaceAll(
    /`[^`]*`|“[^”]*”|(?<![\w)])(?:'(?:[^'\\…]|\\[^…]|\\(?=…))*(?:'|…'?)|"(?:[^"\\…]|\\[^…]|\\(?=…))*(?:"|…"?))/g,
    'x',
  );
}
export const wordCount = (sentence: string): number => plain(sentence).split(/\s+/).length;

/** null: the sentence is as it should be. */
export function complaintOf(words: Words, event: StretchEvent): string | null {
  const { telling } = event;
  const sentence = words.say(telling);
  const has = (text: string): boolean => sentence.toLowerCase().includes(text.toLowerCase());
  const hasNumber = (n: number): boolean => new RegExp(`(?<![#\\w])${n}(?!\\w)`).test(sentence);
  const wrong = (why: string): string => `${why}: ${sentence}`;
  if ('thing' in telling && !has(words.thing(telling.thing))) return wrong('does not name the thing');
  if ('where' in telling && !has(words.cause(telling.where))) return wrong('does not name the cause');
  if ('collection' in telling && telling.collection !== null && telling.kind !== 'generation') {
    if (!hasNumber(telling.collection)) return wrong('does not name the collection');
  }
  for (const n of numbersOf(event)) if (!hasNumber(n)) return wrong(`does not say ${n}`);
  for (const part of sentence.split(/\. (?=[A-Z])/)) if (wordCount(part) > MOST_WORDS) return wrong('is too long');
  const own = plain(sentence);
  if (/\{\w+\}|!|\[\w*\|/.test(own) || !/^\S.*\.$/su.test(sentence)) return wrong('has a gap');
  if (JARGON.test(own.replaceAll(words.thing('thing' in telling ? telling.thing : { type: '', serial: null }), ''))) {
    return wrong('has a term that is not explained');
  }
  return null;
}

/** The numbers before and after. */
function numbersOf({ telling }: StretchEvent): number[] {
  switch (telling.kind) {
    case 'born':
      return [0, telling.after];
    case 'freed':
    case 'collected':
      return [telling.before, 0];
    case 'taken':
    case 'block':
      return [telling.size, 0];
    case 'temporary':
      return [0];
    case 'kept':
      return [telling.before];
    case 'tracked':
      return [telling.generation];
    case 'generation':
      return [telling.from, telling.to].filter((list) => typeof list === 'number');
    case 'getrefcount':
      return [telling.said];
    case 'weakref':
      return [telling.count];
    case 'pool':
      return [telling.used, telling.room];
    case 'phase':
      if (telling.phase === 'begin' || telling.phase === 'update_refs') return [telling.after];
      return [telling.before, telling.after];
    case 'count':
    case 'resized':
    case 'arena':
    case 'print':
    case 'call':
    case 'return':
      return [telling.before, telling.after];
    default:
      return [];
  }
}

/** Words of the templates that are neither plain English nor explained. */
export function unknownTerms(plainEnglish: ReadonlySet<string>): string[] {
  const terms = new Set(Object.keys(glossary).flatMap((term) => term.toLowerCase().split(' ')));
  const out = new Set<string>();
  for (const template of Object.values(english)) {
    const text = template.replaceAll(/\{\w+\}/g, ' ').replaceAll(/\[([^|\]]*)\|([^\]]*)\]/g, '$2');
    for (const word of text.toLowerCase().match(/[a-z]+(?:'[a-z]+)?/g) ?? []) {
      const stems = [word, word.replace(/s$/, ''), word.replace(/(?:ed|ing)$/, ''), word.replace(/(?:d|'s)$/, '')];
      if (!stems.some((stem) => terms.has(stem) || plainEnglish.has(stem))) out.add(word);
    }
  }
  return [...out].sort();
}
