// What text for people, and for other programs, must hold, whatever the program's texts are.

/** Control characters but the line feed, marks that turn or hide text, other line ends, halves of pairs, replacement characters. */
const RAW = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\ufffd\ufffe\uffff]/gu;
const LONGEST_LINE = 400;

export function rawIn(text) {
  const found = [...text.matchAll(RAW)].find(([c]) => c !== '\n');
  if (found === undefined) return null;
  const around = text.slice(Math.max(0, found.index - 60), found.index + 30);
  return `U+${found[0].codePointAt(0).toString(16)} in ${JSON.stringify(around)}`;
}

/** A line of the program's among ours. */
export function spoofedIn(text) {
  const line = text.split('\n').find((l) => l.trimStart().startsWith('SPOOFED'));
  return line === undefined ? null : `a line of the program's: ${line.slice(0, 100)}`;
}

export function longLineIn(text) {
  const line = text.split('\n').find((l) => [...l].length > LONGEST_LINE);
  return line === undefined ? null : `a line of ${[...line].length} characters: ${line.slice(0, 100)}`;
}

const ELEMENTS =
  /^(?:svg|g|rect|path|text|tspan|circle|line|polyline|polygon|title|desc|style|defs|pattern|marker|use|clipPath|mask)$/;
/** What runs, loads or links. */
const ACTIVE = /^(?:on.*|.*href|src)$/i;

/** What a picture holds that is none of ours, and where it is not well-formed; null: nothing. */
export function wrongMarkupIn(svg) {
  try {
    const strange = [...markupOf(svg)].filter((name) => {
      const [element, attribute] = name.split(' ');
      return attribute === undefined ? !ELEMENTS.test(element) : ACTIVE.test(attribute);
    });
    return strange.length === 0 ? null : `markup of the program's: ${strange.join(', ')}`;
  } catch (e) {
    return e.message;
  }
}
/** The sorts of elements and their attributes; throws where it is not well-formed. */
function markupOf(svg) {
  const bad = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.exec(svg);
  if (bad) throw new Error(`U+${bad[0].codePointAt(0).toString(16)} is no character of XML`);
  const names = new Set();
  const open = [];
  let at = 0;
  const text = (part) => {
    if (/[<>]/.test(part) || /&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[\da-f]+);)/i.test(part)) {
      throw new Error(`unescaped text: ${part.slice(0, 80)}`);
    }
  };
  for (const match of svg.matchAll(/<(\/?)([\w:-]+)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>/g)) {
    text(svg.slice(at, match.index));
    at = match.index + match[0].length;
    const [, closes, name, attributes, empty] = match;
    names.add(name);
    for (const [, attribute, value] of attributes.matchAll(/([\w:-]+)="([^"]*)"/g)) {
      names.add(`${name} ${attribute}`);
      text(value);
    }
    if (closes) {
      if (open.pop() !== name) throw new Error(`</${name}> closes what is not open`);
    } else if (!empty) open.push(name);
  }
  text(svg.slice(at));
  if (open.length > 0) throw new Error(`<${open.join('><')}> not closed`);
  return names;
}

/** Cells that a spreadsheet would take for a formula. */
export function formulasIn(csv) {
  const cells = csv
    .trimEnd()
    .split('\n')
    .flatMap((row) => row.split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/));
  return cells.filter((cell) => /^"?[=+@\t\r-]/.test(cell) && !/^-?\d+(\.\d+)?$/.test(cell));
}
