/** The source lines and carets of one traceback entry. Behaves as Lib/traceback.py of 3.13 does. */
import { type ast, parse } from '@moult/compiler';
import { host } from './host.ts';

export interface Entry {
  filename: string;
  /** The file name as the code object has it. */
  file: number;
  name: string;
  line: number;
  endLine: number;
  /** UTF-8 offsets; -1: unknown. */
  column: number;
  endColumn: number;
  /** Its source line by other means than a look at the file, '' for none: nothing is underlined. */
  shown?: () => string;
}

/** Lines of a source file, or null. */
function sourceLines(filename: string): string[] | null {
  let text = host.sources[filename];
  if (text === undefined) {
    if (filename.startsWith('<')) return null;
    const data = host.files.readFile(filename);
    if (data === null) return null;
    text = decodeUtf8(data);
  }
  return text.split(/\r\n|\r|\n/);
}
export function decodeUtf8(data: Uint8Array): string {
  let s = '';
  for (let i = 0; i < data.length; ) {
    const c = data[i++] as number;
    if (c < 0x80) s += String.fromCharCode(c);
    else if (c < 0xe0) s += String.fromCharCode(((c & 31) << 6) | ((data[i++] as number) & 63));
    else if (c < 0xf0) {
      s += String.fromCharCode(((c & 15) << 12) | (((data[i] as number) & 63) << 6) | ((data[i + 1] as number) & 63));
      i += 2;
    } else {
      const rest =
        (((data[i] as number) & 63) << 12) | (((data[i + 1] as number) & 63) << 6) | ((data[i + 2] as number) & 63);
      s += String.fromCodePoint(((c & 7) << 18) | rest);
      i += 3;
    }
  }
  return s.startsWith('\ufeff') ? s.slice(1) : s;
}
/** Characters (code points) of a line that lie before UTF-8 offset `bytes`. */
function charOffset(line: string, byteOffset: number): number {
  let used = 0;
  let n = 0;
  for (const ch of line) {
    const c = ch.codePointAt(0) as number;
    const size = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    if (used >= byteOffset) break;
    used += size;
    n++;
  }
  return n;
}
function isWide(c: number): boolean {
  return (
    (c >= 0x1100 && c <= 0x115f) ||
    (c >= 0x2e80 && c <= 0xa4cf && c !== 0x303f) ||
    (c >= 0xac00 && c <= 0xd7a3) ||
    (c >= 0xf900 && c <= 0xfaff) ||
    (c >= 0xfe30 && c <= 0xfe6f) ||
    (c >= 0xff00 && c <= 0xff60) ||
    (c >= 0xffe0 && c <= 0xffe6) ||
    (c >= 0x1f300 && c <= 0x1f64f) ||
    (c >= 0x1f900 && c <= 0x1f9ff) ||
    (c >= 0x20000 && c <= 0x3fffd)
  );
}
function displayWidth(chars: readonly string[], offset = chars.length): number {
  let w = 0;
  for (let i = 0; i < offset && i < chars.length; i++)
    w += isWide((chars[i] as string).codePointAt(0) as number) ? 2 : 1;
  return w;
}
function dedent(lines: readonly string[]): string[] {
  let margin: string | null = null;
  for (const line of lines) {
    if (line.trim() === '') continue;
    const indent = (/^[ \t]*/.exec(line) as RegExpExecArray)[0];
    if (margin === null) margin = indent;
    else {
      let k = 0;
      while (k < margin.length && k < indent.length && margin[k] === indent[k]) k++;
      margin = margin.slice(0, k);
    }
  }
  const cut = (margin ?? '').length;
  return lines.map((l) => (l.trim() === '' ? '' : l.slice(cut)));
}

interface Anchors {
  leftLine: number;
  left: number;
  rightLine: number;
  right: number;
}
/** Where the operator, or the brackets of a call or subscript, lie in a segment of source. */
function anchorsOf(segment: string): Anchors | null {
  let tree: ast.Mod;
  try {
    tree = parse(`(\n${segment}\n)`, { filename: '<unknown>', mode: 'exec' });
  } catch {
    return null;
  }
  if (tree.kind !== 'Module' || tree.body.length !== 1) return null;
  const statement = tree.body[0] as ast.Stmt;
  if (statement.kind !== 'Expr') return null;
  const lines = segment.split('\n').map((l) => Array.from(l));
  const expr = statement.value;
  const offset = (line: number, bytes: number): number => charOffset((lines[line] as string[]).join(''), bytes);
  const valid = (p: [number, number]): [number, number] => {
    let [line, col] = p;
    while (line < lines.length && col >= (lines[line] as string[]).length) {
      col = 0;
      line++;
    }
    if (line >= lines.length) throw new RangeError('no such place');
    return [line, col];
  };
  const endOf = (e: ast.Expr): [number, number] => [e.end_lineno - 2, offset(e.end_lineno - 2, e.end_col_offset)];
  const until = (from: [number, number], stop: (ch: string) => boolean): [number, number] => {
    let [line, col] = from;
    for (;;) {
      const ch = (lines[line] as string[])[col] as string;
      if (ch === '\\' || ch === '#') [line, col] = valid([line + 1, 0]);
      else if (!stop(ch)) [line, col] = valid([line, col + 1]);
      else return [line, col];
    }
  };
  try {
    if (expr.kind === 'BinOp') {
      const [line, col] = until(valid(endOf(expr.left)), (ch) => ch.trim() !== '' && ch !== ')');
      let right = col + 1;
      const row = lines[line] as string[];
      const rightLine = expr.right.lineno - 2;
      if (
        right < row.length &&
        (rightLine > line || right < offset(rightLine, expr.right.col_offset)) &&
        (row[right] as string).trim() !== '' &&
        row[right] !== '\\' &&
        row[right] !== '#'
      ) {
        right++;
      }
      return { leftLine: line, left: col, rightLine: line, right };
    }
    if (expr.kind === 'Subscript' || expr.kind === 'Call') {
      const head = expr.kind === 'Call' ? expr.func : expr.value;
      const open = expr.kind === 'Call' ? '(' : '[';
      const [leftLine, left] = until(valid(endOf(head)), (ch) => ch === open);
      const [rightLine, right] = endOf(expr);
      return { leftLine, left, rightLine, right };
    }
  } catch {
    return null;
  }
  return null;
}

/** Carets under a whole `return f(…)` or `x = f(…)` would say nothing. */
function showCarets(start: number, end: number, lines: readonly string[], anchors: Anchors | null): boolean {
  try {
    const tree = parse(lines.join('\n'), { filename: '<unknown>', mode: 'exec' });
    if (tree.kind !== 'Module' || tree.body.length === 0) return false;
    const s = tree.body[0] as ast.Stmt;
    let value: ast.Expr | null = null;
    if (s.kind === 'Return' && s.value?.kind === 'Call' && s.value.func.kind === 'Name') value = s.value;
    else if (
      s.kind === 'Assign' &&
      s.value.kind === 'Call' &&
      s.targets.length === 1 &&
      s.targets[0]?.kind === 'Name'
    ) {
      value = s.value;
    }
    if (
      value !== null &&
      value.lineno === 1 &&
      value.end_lineno === lines.length &&
      value.col_offset === start &&
      value.end_col_offset === end
    ) {
      return false;
    }
  } catch {
    // a part of a statement is no program: carets help
  }
  if (anchors !== null) return true;
  const first = Array.from(lines[0] as string)
    .slice(0, start)
    .join('');
  const last = Array.from(lines[lines.length - 1] as string)
    .slice(end)
    .join('');
  return first.trimStart() !== '' || last.trimEnd() !== '';
}

/** `  File "…", line N, in f` with its source lines. */
export function formatEntry(e: Entry): string {
  const file = e.filename.startsWith('<stdin>-') ? '<stdin>' : e.filename;
  let out = `  File "${file}", line ${e.line}, in ${e.name}\n`;
  if (e.shown !== undefined) {
    const line = e.shown();
    return line === '' ? out : `${out}    ${line}\n`;
  }
  const source = sourceLines(e.filename);
  if (source === null || e.line < 1) return out;
  const original: string[] = [];
  const lastLine = e.endLine < e.line ? e.line : e.endLine;
  for (let n = e.line; n <= lastLine; n++) original.push((source[n - 1] ?? '').replace(/\s+$/, ''));
  const all = dedent(original);
  if (all.join('').trim() === '') return out;
  if (e.column < 0 || e.endColumn < 0) return `${out}    ${(original[0] as string).trim()}\n`;
  const firstLine = original[0] as string;
  let start = charOffset(firstLine, e.column);
  let end = charOffset(original[original.length - 1] as string, e.endColumn);
  const cut = firstLine.length - (all[0] as string).length;
  start = Math.max(0, start - cut);
  end = Math.max(0, end - cut);
  const chars = all.map((l) => Array.from(l));
  const lastChars = chars[chars.length - 1] as string[];
  const displayStart = displayWidth(chars[0] as string[], start);
  const displayEnd = displayWidth(lastChars, end);
  const joined = Array.from(all.join('\n'));
  const segment = joined.slice(start, joined.length - (lastChars.length - end)).join('');
  const anchors = anchorsOf(segment);
  const show = showCarets(start, end, all, anchors);
  const significant = new Set([0, all.length - 1]);
  let left = 0;
  let right = 0;
  if (anchors !== null) {
    left = anchors.left + (anchors.leftLine === 0 ? start : 0);
    right = anchors.right + (anchors.rightLine === 0 ? start : 0);
    left = displayWidth(chars[anchors.leftLine] as string[], left);
    right = displayWidth(chars[anchors.rightLine] as string[], right);
    for (const mid of [anchors.leftLine, anchors.rightLine]) for (let d = -1; d <= 1; d++) significant.add(mid + d);
  }
  const result: string[] = [];
  const put = (n: number): void => {
    const text = all[n] as string;
    result.push(text);
    if (!show) return;
    const blanks = text.length - text.trimStart().length;
    const count = n === all.length - 1 ? displayEnd : displayWidth(chars[n] as string[]);
    let carets = '';
    for (let col = 0; col < count; col++) {
      if (col < blanks || (n === 0 && col < displayStart)) carets += ' ';
      else if (
        anchors !== null &&
        (n > anchors.leftLine || (n === anchors.leftLine && col >= left)) &&
        (n < anchors.rightLine || (n === anchors.rightLine && col < right))
      ) {
        carets += '^';
      } else carets += anchors !== null ? '~' : '^';
    }
    result.push(carets);
  };
  const rows = [...significant].filter((n) => n >= 0 && n < all.length).sort((a, b) => a - b);
  rows.forEach((n, i) => {
    if (i > 0) {
      const gap = n - (rows[i - 1] as number);
      if (gap === 2) put(n - 1);
      else if (gap > 2) result.push(`...<${gap - 1} lines>...`);
    }
    put(n);
  });
  for (const line of dedent(result)) out += `    ${line}\n`;
  return out;
}
