// The error parser's machine: a PEG interpreter that follows CPython's generated parser step by step (order of
// alternatives, memo, cut, lookahead, tokens read, nesting counted) with a stack of its own.
import { PyParserMemoryError } from '../../errors.ts';
import * as T from '../../tokenizer/token.ts';
import type { Tokenizer } from '../../tokenizer/tokenizer.ts';
import type { LiteralOptions } from '../base.ts';
import type { LiteralContext } from '../literals.ts';
import { type Alternative, type Fn, type Item, SOFT_KEYWORD } from './notation.ts';

const MAXSTACK = 6000;

/** What a rule matched: a token or a node with its place. Lists are arrays, a missing optional is null. */
export interface PNode {
  kind: string;
  lineno: number;
  col_offset: number;
  end_lineno: number;
  end_col_offset: number;
  [field: string]: unknown;
}
export type Value = PNode | Value[] | null;
/** Values by label. */
export type Env = Record<string, Value | undefined>;

interface Frame {
  fn: Fn;
  alt: number;
  item: number;
  start: number;
  values: Value[];
  /** Where the item being run began. */
  itemStart: number;
  cut: boolean;
  /** Loops: what has matched so far. */
  list: Value[];
  /** Left recursion: 0 is the growing wrapper, 1 its body. */
  raw: boolean;
  seedEnd: number;
  seed: Value | undefined;
  /** expression_without_invalid: the mode to go back to. */
  restore: boolean | null;
}

interface Memo {
  value: Value | undefined;
  end: number;
}

/** CPython compares only as many characters as the name has, so that `c` counts as `case` here. */
const isSoft = (name: string): boolean => ['_', 'case', 'match', 'type'].some((word) => word.startsWith(name));
const TOKEN_NODES: Record<number, string> = { [T.NAME]: 'Name', [T.NUMBER]: 'Constant', [T.STRING]: 'Constant' };

export interface MachineHooks {
  /** Runs an action; undefined is C's NULL: the rule fails without trying its other alternatives. */
  action(alternative: Alternative, env: Env, values: Value[], start: number): Value | undefined;
  forced(token: number, expected: string): never;
  /** The ERRORTOKEN was read. */
  tokenizerError(): never;
  number(token: number): void;
}

export class Machine {
  readonly tok: Tokenizer;
  readonly types: Uint8Array;
  readonly literals: LiteralContext;
  /** The token whose literal is being decoded. */
  literalToken = 0;
  hooks!: MachineHooks;
  mark = 0;
  /** How many tokens have been read. */
  fill = 0;
  callInvalidRules = false;
  private level = 0;
  private stack: Frame[] = [];
  private memo: Map<number, Memo>[] = [];

  constructor(tok: Tokenizer, options: LiteralOptions, warn: (message: string, token: number) => void) {
    this.tok = tok;
    this.types = tok.tokens.type;
    this.literals = { ...options, warn: (message) => warn(message, this.literalToken) };
  }

  reset(mark: number, invalid: boolean, level: number): void {
    this.mark = mark;
    this.memo = [];
    this.stack = [];
    this.level = level;
    this.callInvalidRules = invalid;
  }

  /** The type of the token at `mark`, which is read now if it was not yet. */
  private peek(): number {
    const type = this.types[this.mark]!;
    if (this.mark >= this.fill) {
      this.fill = this.mark + 1;
      if (type === T.ERRORTOKEN) this.hooks.tokenizerError();
    }
    return type;
  }

  tokenNode(i: number): PNode {
    const t = this.tok.tokens;
    return {
      kind: TOKEN_NODES[t.type[i]!] ?? 'Token',
      token: i,
      id: t.text[i],
      lineno: t.line[i]!,
      col_offset: t.col[i]!,
      end_lineno: t.endLine[i]!,
      end_col_offset: t.endCol[i]!,
    };
  }

  private matchToken(item: Item): Value | undefined {
    const type = this.peek();
    if (item.soft !== null) {
      if (type !== T.NAME || this.tok.tokens.text[this.mark] !== item.soft) return undefined;
      return this.tokenNode(this.mark++);
    }
    if (item.token === SOFT_KEYWORD) {
      return type === T.NAME && isSoft(this.tok.tokens.text[this.mark]!) ? this.tokenNode(this.mark++) : undefined;
    }
    if (type !== item.token) {
      // A forced token only raises in the second pass.
      if (item.forced !== null && this.callInvalidRules) this.hooks.forced(this.mark, item.forced);
      return undefined;
    }
    if (type === T.NUMBER) this.hooks.number(this.mark);
    return this.tokenNode(this.mark++);
  }

  private remembered(fn: Fn): Memo | undefined {
    return fn.memo ? this.memo[this.mark]?.get(fn.id) : undefined;
  }

  private remember(fn: Fn, at: number, value: Value | undefined): void {
    const memos = this.memo[at] ?? new Map<number, Memo>();
    this.memo[at] = memos;
    memos.set(fn.id, { value, end: this.mark });
  }

  private enter(fn: Fn, raw: boolean): void {
    if (this.level++ === MAXSTACK) {
      throw new PyParserMemoryError('Parser stack overflowed - Python source too complex to parse');
    }
    let restore: boolean | null = null;
    if (fn.name === 'expression_without_invalid') {
      restore = this.callInvalidRules;
      this.callInvalidRules = false;
    }
    this.stack.push({
      fn,
      alt: 0,
      item: 0,
      start: this.mark,
      values: [],
      itemStart: this.mark,
      cut: false,
      list: [],
      raw,
      seedEnd: this.mark,
      seed: undefined,
      restore,
    });
  }

  /** Runs `top` at `mark`; the value it matched, or undefined. */
  run(top: Fn): Value | undefined {
    this.enter(top, false);
    let returned = false;
    let result: Value | undefined;
    while (this.stack.length > 0) {
      const f = this.stack[this.stack.length - 1]!;
      let done: boolean;
      if (f.fn.left && !f.raw) done = this.growSeed(f, returned, result);
      else done = this.step(f, returned, result);
      returned = false;
      if (done) {
        this.stack.pop();
        this.level--;
        if (f.restore !== null) this.callInvalidRules = f.restore;
        result = this.result;
        if (!f.raw && f.fn.memo && !f.fn.left) this.remember(f.fn, f.start, result);
        returned = true;
      }
    }
    return result;
  }

  private result: Value | undefined;

  private finish(value: Value | undefined): true {
    this.result = value;
    return true;
  }

  /** The wrapper of a left-recursive rule: run the body again and again while it reaches further. */
  private growSeed(f: Frame, returned: boolean, result: Value | undefined): boolean {
    if (returned) {
      if (result === undefined || this.mark <= f.seedEnd) {
        this.mark = f.seedEnd;
        return this.finish(f.seed);
      }
      f.seed = result;
      f.seedEnd = this.mark;
    }
    const reached = this.mark;
    this.mark = f.seedEnd;
    this.remember(f.fn, f.start, f.seed);
    this.mark = reached;
    this.mark = f.start;
    this.enter(f.fn, true);
    return false;
  }

  private step(f: Frame, returned: boolean, result: Value | undefined): boolean {
    const alternatives = f.fn.alternatives;
    for (;;) {
      if (f.alt >= alternatives.length) {
        this.mark = f.start;
        return this.finish(undefined);
      }
      const alternative = alternatives[f.alt]!;
      if (alternative.invalid && !this.callInvalidRules) {
        f.alt++;
        continue;
      }
      let failed = false;
      while (f.item < alternative.items.length) {
        const item = alternative.items[f.item]!;
        if (item.cut) {
          f.cut = true;
          f.item++;
          continue;
        }
        if (!returned) {
          f.itemStart = this.mark;
          if (item.fn === null) result = this.matchToken(item);
          else {
            const memo = this.remembered(item.fn);
            if (memo === undefined) {
              this.enter(item.fn, false);
              return false;
            }
            result = memo.value;
            this.mark = memo.end;
          }
        }
        returned = false;
        if (item.look !== 0) {
          this.mark = f.itemStart;
          if ((result !== undefined) !== item.look > 0) failed = true;
        } else if (result === undefined) {
          if (item.optional) {
            this.mark = f.itemStart;
            f.values.push(null);
          } else failed = true;
        } else f.values.push(result);
        if (failed) break;
        f.item++;
      }
      if (failed) {
        const end = f.fn.loop >= 0 ? this.endLoop(f) : this.nextAlternative(f);
        if (end) return true;
        continue;
      }
      const value = this.hooks.action(alternative, this.labels(alternative, f.values), f.values, f.start);
      if (f.fn.loop < 0) return this.finish(value);
      f.list.push(value ?? null);
      f.seedEnd = this.mark;
      f.item = 0;
      f.values = [];
    }
  }

  private nextAlternative(f: Frame): boolean {
    this.mark = f.start;
    if (f.cut) return this.finish(undefined);
    f.alt++;
    f.item = 0;
    f.values = [];
    return false;
  }

  private endLoop(f: Frame): boolean {
    this.mark = f.seedEnd;
    return this.finish(f.list.length < f.fn.loop ? undefined : f.list);
  }

  private labels(alternative: Alternative, values: Value[]): Env {
    const env: Env = {};
    let k = 0;
    for (const item of alternative.items) {
      if (item.cut || item.look !== 0) continue;
      if (item.label !== null) env[item.label] = values[k];
      k++;
    }
    return env;
  }
}
