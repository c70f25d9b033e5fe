// How a person names an object: NAME.path['key'][0], @42 (a serial number), 0xADDR, type:Session. Nothing of it is evaluated.

export type Key = string | bigint | boolean | null;
export type Step = { readonly kind: 'attribute'; readonly name: string } | { readonly kind: 'item'; readonly key: Key };
export type ObjectName =
  | { readonly kind: 'path'; readonly name: string; readonly steps: readonly Step[] }
  | { readonly kind: 'serial'; readonly serial: number }
  | { readonly kind: 'address'; readonly address: number }
  | { readonly kind: 'type'; readonly name: string };

/** A name that says nothing, or that leads nowhere. The message is for the person who wrote it. */
export class BadName extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'BadName';
  }
}

const IDENTIFIER = /[\p{ID_Start}_][\p{ID_Continue}]*/uy;
const NUMBER = /-?\d+(?:_\d+)*/y;
const WORDS: Readonly<Record<string, Key>> = { None: null, True: true, False: false };
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '\\': '\\', "'": "'", '"': '"' };

/** BadName, with the place, where `text` is no name. */
export function parseObjectName(text: string): ObjectName {
  if (/^@\d{1,15}$/.test(text)) return { kind: 'serial', serial: Number(text.slice(1)) };
  if (/^0x[0-9a-f]{1,13}$/i.test(text)) return { kind: 'address', address: Number(text) };
  const type = /^type:([\p{ID_Start}_][\p{ID_Continue}.]*)$/u.exec(text)?.[1];
  if (type !== undefined) return { kind: 'type', name: type };
  if (/^(?:@|0x|type:|\d)/.test(text)) {
    throw new BadName(`${text} names no object: write NAME.path['key'][0], @42, 0xADDR or type:NAME`);
  }
  return new PathParser(text).parse();
}

class PathParser {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }
  parse(): ObjectName {
    const name = this.#identifier();
    const steps: Step[] = [];
    while (this.#at < this.#text.length) {
      if (this.#take('.')) steps.push({ kind: 'attribute', name: this.#identifier() });
      else if (this.#take('[')) {
        steps.push({ kind: 'item', key: this.#key() });
        if (!this.#take(']')) this.#fail('expected ]');
      } else this.#fail('expected . or [');
    }
    return { kind: 'path', name, steps };
  }
  #take(char: string): boolean {
    if (this.#text[this.#at] !== char) return false;
    this.#at++;
    return true;
  }
  #match(pattern: RegExp): string | null {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0] ?? null;
    if (found !== null) this.#at += found.length;
    return found;
  }
  #identifier(): string {
    return this.#match(IDENTIFIER) ?? this.#fail('expected a name');
  }
  #key(): Key {
    const quote = this.#text[this.#at];
    if (quote === '"' || quote === "'") return this.#string(quote);
    const number = this.#match(NUMBER);
    if (number !== null) return BigInt(number.replaceAll('_', ''));
    const word = this.#match(IDENTIFIER);
    if (word !== null && word in WORDS) return WORDS[word] as Key;
    return this.#fail(
      "a key is a number, a quoted text, None, True or False; names in keys are not looked up: ['key']",
    );
  }
  #string(quote: string): string {
    this.#at++;
    let out = '';
    for (;;) {
      const char = this.#text[this.#at++];
      if (char === undefined) return this.#fail(`expected ${quote}`);
      if (char === quote) return out;
      if (char !== '\\') out += char;
      else out += this.#escape();
    }
  }
  #escape(): string {
    const char = this.#text[this.#at++] ?? '';
    const width = { x: 2, u: 4, U: 8 }[char];
    if (width === undefined) return ESCAPES[char] ?? `\\${char}`;
    const digits = this.#text.slice(this.#at, this.#at + width);
    if (!/^[0-9a-f]+$/i.test(digits) || digits.length < width || Number.parseInt(digits, 16) > 0x10ffff) {
      return this.#fail(`\\${char} wants ${width} hexadecimal digits of a character`);
    }
    this.#at += width;
    return String.fromCodePoint(Number.parseInt(digits, 16));
  }
  #fail(why: string): never {
    throw new BadName(`${this.#text}: ${why} at character ${this.#at + 1}`);
  }
}

const PLAIN = /^[\p{ID_Start}_][\p{ID_Continue}]*$/u;

/** The text that `parseObjectName` reads as this step. */
export function stepText(step: Step): string {
  if (step.kind === 'attribute') return PLAIN.test(step.name) ? `.${step.name}` : `.<${step.name}>`;
  const { key } = step;
  if (key === null) return '[None]';
  if (key === true) return '[True]';
  if (key === false) return '[False]';
  return typeof key === 'string' ? `[${quoted(key)}]` : `[${key}]`;
}
function quoted(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  let out = quote;
  for (const char of text) {
    const code = char.codePointAt(0) as number;
    if (char === quote || char === '\\') out += `\\${char}`;
    else if (code < 0x20 || (code >= 0x7f && code < 0xa0)) out += `\\x${code.toString(16).padStart(2, '0')}`;
    else if (code >= 0xd800 && code < 0xe000) out += `\\u${code.toString(16)}`;
    else out += char;
  }
  return out + quote;
}

/** The name as it may be written again. */
export function objectNameText(name: ObjectName): string {
  switch (name.kind) {
    case 'serial':
      return `@${name.serial}`;
    case 'address':
      return `0x${name.address.toString(16)}`;
    case 'type':
      return `type:${name.name}`;
    case 'path':
      return name.name + name.steps.map(stepText).join('');
  }
}
