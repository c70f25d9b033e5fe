// The notation of statements.ts, expressions.ts and invalid.ts, and its compilation for the machine.
//
//   name flags            a rule; flags: memo (its results are kept, as in CPython), left (left-recursive)
//     | items -> action   an alternative; tried in order, the first that matches wins
//   'if' "match" NAME     a keyword or operator, a soft keyword, a kind of token
//   a=item item? item* item+ ','.item+ (alternatives) [alternatives] &item !item ~ &&'x'
//
// Actions: `a` (the value of a label), `Kind` (a node with the labels as fields), `@name` (a function of actions.ts),
// and errors: `raise MSG` at the last token, `raise@a` at a, `raise@a..b` from a to b, `raise@a..` from a to the last
// character read, `next` at the next token, `indent` as an IndentationError. {a} in a message names a's kind.
import * as T from '../../tokenizer/token.ts';

const TYPE_COMMENT = 120;
export const SOFT_KEYWORD = 121;

const TOKEN_KINDS: Record<string, number> = {
  NAME: T.NAME,
  NUMBER: T.NUMBER,
  STRING: T.STRING,
  NEWLINE: T.NEWLINE,
  INDENT: T.INDENT,
  DEDENT: T.DEDENT,
  ENDMARKER: T.ENDMARKER,
  FSTRING_START: T.FSTRING_START,
  FSTRING_MIDDLE: T.FSTRING_MIDDLE,
  FSTRING_END: T.FSTRING_END,
  TYPE_COMMENT,
  SOFT_KEYWORD,
};

type Place = 'last' | 'next' | 'node' | 'range' | 'from';

type Action =
  | { do: 'default' }
  | { do: 'label'; label: string }
  | { do: 'node'; kind: string }
  | { do: 'call'; name: string }
  | { do: 'raise'; indentation: boolean; place: Place; from: string; to: string; message: string };

export interface Item {
  label: string | null;
  /** A token type, or -1 when `fn` is to be run. */
  token: number;
  soft: string | null;
  fn: Fn | null;
  optional: boolean;
  /** 1: must match, -1: must not, without consuming; 0: consumes. */
  look: number;
  forced: string | null;
  cut: boolean;
}

export interface Alternative {
  items: Item[];
  action: Action;
  /** Is nothing but an invalid_ rule: skipped in the first pass. */
  invalid: boolean;
}

/** What CPython generates a function for: a rule, a group, a loop or a separated list. */
export interface Fn {
  name: string;
  id: number;
  alternatives: Alternative[];
  /** Loops: how often the only item must match at least; -1 for no loop. */
  loop: number;
  memo: boolean;
  left: boolean;
}

const LEXEME = /\s*('[^']*'|"[^"]*"|[A-Za-z_]\w*=(?=\S)|[A-Za-z_]\w*|&&|[()[\]|*+?&!~.])/y;

function lexemes(line: string): string[] {
  const out: string[] = [];
  LEXEME.lastIndex = 0;
  while (LEXEME.lastIndex < line.trimEnd().length) {
    const at = LEXEME.lastIndex;
    const m = LEXEME.exec(line);
    if (!m) throw new Error(`grammar: cannot read ${line.slice(at)}`);
    out.push(m[1]!);
  }
  return out;
}

export class Grammar {
  readonly rules = new Map<string, Fn>();
  count = 0;

  constructor(...texts: string[]) {
    const bodies: [Fn, string[]][] = [];
    for (const text of texts) {
      let lines: string[] = [];
      for (const line of text.split('\n')) {
        if (line.trim() === '') continue;
        if (line.startsWith(' ')) lines.push(line.trim().slice(2));
        else {
          const [name, ...flags] = line.split(' ');
          const fn = this.fn(name!);
          fn.left = flags.includes('left');
          fn.memo = fn.left || flags.includes('memo');
          this.rules.set(name!, fn);
          lines = [];
          bodies.push([fn, lines]);
        }
      }
    }
    for (const [fn, lines] of bodies) {
      for (const line of lines) {
        const arrow = line.indexOf(' -> ');
        const words = lexemes(arrow < 0 ? line : line.slice(0, arrow));
        const action = arrow < 0 ? ({ do: 'default' } as const) : readAction(line.slice(arrow + 4));
        fn.alternatives.push(new AlternativeReader(this, words).alternative(action));
      }
    }
  }

  fn(name: string): Fn {
    return { name, id: this.count++, alternatives: [], loop: -1, memo: false, left: false };
  }

  rule(name: string): Fn {
    const fn = this.rules.get(name);
    if (!fn) throw new Error(`grammar: no rule ${name}`);
    return fn;
  }
}

function readAction(text: string): Action {
  const m = /^(raise|indent|next)(?:@(\w+)(\.\.)?(\w+)?)? (.*)$/.exec(text);
  if (m) {
    const place: Place = m[1] === 'next' ? 'next' : !m[2] ? 'last' : !m[3] ? 'node' : m[4] ? 'range' : 'from';
    const indentation = m[1] === 'indent';
    return { do: 'raise', indentation, place, from: m[2] ?? '', to: m[4] ?? '', message: m[5]! };
  }
  if (text.startsWith('@')) return { do: 'call', name: text.slice(1) };
  if (/^[ab]$/.test(text)) return { do: 'label', label: text };
  return { do: 'node', kind: text };
}

class AlternativeReader {
  private readonly grammar: Grammar;
  private readonly words: string[];
  private at = 0;

  constructor(grammar: Grammar, words: string[]) {
    this.grammar = grammar;
    this.words = words;
  }

  alternative(action: Action): Alternative {
    const items: Item[] = [];
    while (this.at < this.words.length && !['|', ')', ']'].includes(this.words[this.at]!)) items.push(this.item());
    const invalid = items.length === 1 && (items[0]!.fn?.name.startsWith('invalid_') ?? false);
    return { items, action, invalid };
  }

  private group(close: string): Alternative[] {
    const out: Alternative[] = [];
    do out.push(this.alternative({ do: 'default' }));
    while (this.words[this.at++] === '|');
    if (this.words[this.at - 1] !== close) throw new Error(`grammar: ${close} missing in ${this.words.join(' ')}`);
    return out;
  }

  private item(): Item {
    let word = this.words[this.at]!;
    if (word === '~') {
      this.at++;
      return { ...blank(), cut: true };
    }
    if (word === '&' || word === '!') {
      this.at++;
      return { ...this.atom(), look: word === '&' ? 1 : -1 };
    }
    if (word === '&&') {
      this.at++;
      word = this.words[this.at]!;
      return { ...this.atom(), forced: word.slice(1, -1) };
    }
    let label: string | null = null;
    if (word.endsWith('=') && /^\w/.test(word)) {
      label = word.slice(0, -1);
      this.at++;
    }
    let item: Item;
    if (this.words[this.at] === '[') {
      this.at++;
      item = this.grouped(this.group(']'));
      item.optional = true;
    } else item = this.atom();
    const next = this.words[this.at];
    if (next === '.') {
      this.at++;
      const element = this.atom();
      if (this.words[this.at++] !== '+') throw new Error('grammar: + missing');
      item = this.gather(item, element);
    } else if (next === '?') {
      this.at++;
      item.optional = true;
    } else if (next === '*' || next === '+') {
      this.at++;
      item = this.loop(item, next === '+' ? 1 : 0);
    }
    item.label = label;
    return item;
  }

  private atom(): Item {
    const word = this.words[this.at++]!;
    if (word === '(') return this.grouped(this.group(')'));
    const item = blank();
    if (word.startsWith("'")) {
      const text = word.slice(1, -1);
      const token = T.KEYWORDS.get(text) ?? T.OPERATORS.get(text);
      if (token === undefined) throw new Error(`grammar: no token ${word}`);
      item.token = token;
    } else if (word.startsWith('"')) item.soft = word.slice(1, -1);
    else if (word in TOKEN_KINDS) item.token = TOKEN_KINDS[word]!;
    else item.fn = this.grammar.rule(word);
    return item;
  }

  /** A group is a function of its own unless it is a single item. */
  private grouped(alternatives: Alternative[]): Item {
    const only = alternatives.length === 1 && alternatives[0]!.items.length === 1 ? alternatives[0]!.items[0]! : null;
    if (only !== null && only.look === 0 && only.forced === null) return { ...only };
    const fn = this.grammar.fn('_tmp');
    fn.alternatives = alternatives;
    return { ...blank(), fn };
  }

  private loop(item: Item, least: number): Item {
    const fn = this.grammar.fn('_loop');
    fn.loop = least;
    fn.alternatives = [{ items: [item], action: { do: 'default' }, invalid: false }];
    return { ...blank(), fn };
  }

  private gather(separator: Item, element: Item): Item {
    const step = this.grammar.fn('_loop');
    step.loop = 0;
    const items = [separator, { ...element, label: 'a' }];
    step.alternatives = [{ items, action: { do: 'label', label: 'a' }, invalid: false }];
    const fn = this.grammar.fn('_gather');
    const rest: Item = { ...blank(), fn: step, label: 'b' };
    fn.alternatives = [
      { items: [{ ...element, label: 'a' }, rest], action: { do: 'call', name: 'gathered' }, invalid: false },
    ];
    return { ...blank(), fn };
  }
}

function blank(): Item {
  return { label: null, token: -1, soft: null, fn: null, optional: false, look: 0, forced: null, cut: false };
}
