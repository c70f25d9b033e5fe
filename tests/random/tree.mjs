// A program as a tree of statements, so that it can be shrunk: a leaf is one line, a node has clauses (a head line and a body).
/**
 * @typedef {{ line: string } | { clauses: { head: string, body: Statement[] }[] }} Statement
 */

export const line = (text) => ({ line: text });
export const block = (head, body) => ({ clauses: [{ head, body }] });
export const clauses = (...pairs) => ({ clauses: pairs.map(([head, body]) => ({ head, body })) });

/** The source text. */
export function render(statements, indent = '') {
  if (statements.length === 0) return `${indent}pass\n`;
  let text = '';
  for (const statement of statements) {
    if ('line' in statement) text += `${indent}${statement.line}\n`;
    else for (const { head, body } of statement.clauses) text += `${indent}${head}\n${render(body, `${indent}    `)}`;
  }
  return text;
}

/** Every smaller program: a statement left out, several at once, or a node replaced by one of its bodies. */
export function* smaller(statements) {
  for (let size = statements.length >> 1; size >= 1; size >>= 1)
    for (let i = 0; i + size <= statements.length; i += size)
      yield [...statements.slice(0, i), ...statements.slice(i + size)];
  for (let i = 0; i < statements.length; i++) {
    const statement = statements[i];
    if ('line' in statement) continue;
    const around = (inner) => [...statements.slice(0, i), ...inner, ...statements.slice(i + 1)];
    for (const { body } of statement.clauses) yield around(body);
    for (let c = 0; c < statement.clauses.length; c++) {
      for (const body of smaller(statement.clauses[c].body)) {
        const copy = statement.clauses.map((clause, k) => (k === c ? { head: clause.head, body } : clause));
        yield around([{ clauses: copy }]);
      }
    }
  }
}

/** Shrinks for as long as `stillFails` holds for a smaller program; at most `tries` runs. */
export async function shrink(statements, stillFails, tries = 900) {
  let best = statements;
  for (;;) {
    let found = false;
    for (const candidate of smaller(best)) {
      if (tries-- <= 0) return best;
      if (!(await stillFails(candidate))) continue;
      best = candidate;
      found = true;
      break;
    }
    if (!found) return best;
  }
}
