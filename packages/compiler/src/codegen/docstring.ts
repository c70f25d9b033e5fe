// Indentation is stripped from docstrings (CPython 3.13's _PyCompile_CleanDoc).
import { strConst } from '../constant-ops.ts';
import type { Constant } from '../constants.ts';
import type { Compiler } from './unit.ts';

function expandTabs(doc: string): string {
  if (!doc.includes('\t')) return doc;
  let out = '';
  let column = 0;
  for (const ch of doc) {
    if (ch === '\t') {
      const spaces = 8 - (column % 8);
      out += ' '.repeat(spaces);
      column += spaces;
    } else {
      out += ch;
      column = ch === '\n' || ch === '\r' ? 0 : column + 1;
    }
  }
  return out;
}

function leadingSpaces(line: string): number {
  let n = 0;
  while (line.charCodeAt(n) === 32) n++;
  return n;
}

export function cleanDoc(doc: string): string {
  const lines = expandTabs(doc).split('\n');
  let margin = Number.POSITIVE_INFINITY;
  for (let i = 1; i < lines.length; i++) {
    const spaces = leadingSpaces(lines[i]!);
    if (spaces < lines[i]!.length) margin = Math.min(margin, spaces);
  }
  if (margin === Number.POSITIVE_INFINITY) margin = 0;
  return lines
    .map((line, i) => line.slice(i === 0 ? leadingSpaces(line) : Math.min(leadingSpaces(line), margin)))
    .join('\n');
}

/** A docstring's constant: the tree's own when nothing had to be cleaned. */
export function docConstant(c: Compiler, doc: string): Constant {
  const constant = strConst(cleanDoc(doc));
  if (constant.t === 'str' && constant.v === doc) c.arena?.add(constant);
  return constant;
}
