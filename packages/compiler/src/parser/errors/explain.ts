// The error pass: repeats what CPython's parser does with a program that the fast parser refused, to throw the same
// error. Also the judge of nesting: whether CPython's parser would run out of its stack.
import { PySyntaxError } from '../../errors.ts';
import * as T from '../../tokenizer/token.ts';
import type { Tokenizer } from '../../tokenizer/tokenizer.ts';
import type { LiteralOptions, ParserWarning } from '../base.ts';
import { Actions } from './actions.ts';
import { EXPRESSIONS } from './expressions.ts';
import { INVALID } from './invalid.ts';
import { Machine } from './machine.ts';
import { Grammar } from './notation.ts';
import { Reporter } from './report.ts';
import { STATEMENTS } from './statements.ts';

/** Compiled at the first error; it holds no state. */
let grammar: Grammar | null = null;

const TOP = { exec: 'file', eval: 'eval', single: 'interactive' } as const;

export interface Refused {
  tok: Tokenizer;
  literals: LiteralOptions;
  mode: 'exec' | 'eval' | 'single';
  barryAsFLUFL: boolean;
  /** Filled in: how many tokens CPython has read, and what it has warned of in the first pass. */
  tokensRead: number;
  warnings: ParserWarning[];
  /** The token that the refused top-level statement begins with: what stands before it is right. */
  start: number;
}

/** Returns when the program is right after all; throws PySyntaxError or PyParserMemoryError otherwise. */
export function explain(refused: Refused): void {
  grammar ??= new Grammar(STATEMENTS, EXPRESSIONS, INVALID);
  const { tok, start } = refused;
  const warn = (message: string, token: number): void => {
    if (machine.callInvalidRules) return;
    refused.warnings.push({ message, lineno: tok.tokens.line[token]!, token: machine.mark - 1 });
  };
  const top = grammar.rule(TOP[refused.mode]);
  const machine = new Machine(tok, refused.literals, warn);
  const reporter = new Reporter(tok);
  const actions = new Actions(machine, reporter);
  actions.barryAsFLUFL = refused.barryAsFLUFL;
  machine.hooks = actions;
  machine.fill = start;

  const pass = (invalid: boolean): boolean => {
    // The invalid_ rules match some right statements, too (`match(x)`), so the second pass begins at the beginning.
    machine.reset(invalid ? 0 : start, invalid, 0);
    try {
      return machine.run(top) !== undefined;
    } catch (e) {
      if (e instanceof PySyntaxError) reporter.checkRest(machine.fill, false);
      throw e;
    } finally {
      refused.tokensRead = reporter.readAll ? tok.tokens.count : machine.fill;
    }
  };

  if (pass(false)) return;
  const last = machine.fill - 1;
  pass(true);
  const types = tok.tokens.type;
  if (types[last] === T.INDENT || types[last] === T.DEDENT) {
    const msg = types[last] === T.INDENT ? 'unexpected indent' : 'unexpected unindent';
    reporter.atToken('IndentationError', msg, machine.fill - 1, machine.fill);
  }
  const token = machine.tokenNode(last);
  refused.tokensRead = tok.tokens.count;
  reporter.checkRest(machine.fill, true);
  reporter.between('invalid syntax', token, token, machine.fill);
}
