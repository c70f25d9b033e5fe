// Expands the runtime's memory helpers and offset records in place (design D4): V8 inlines only the first few helper
// calls of a function as large as the evaluation loop, so the bundle holds DataView calls and literals instead.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync } from 'rolldown/utils';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Every `export const NAME = { a: 1, … } as const` and `export const NAME = 1;` of abi and static.ts, by name. */
function readConstants() {
  const files = [];
  const walk = (dir) => {
    for (const e of readdirSync(dir, { withFileTypes: true })) {
      if (e.isDirectory()) walk(join(dir, e.name));
      else if (e.name.endsWith('.ts')) files.push(join(dir, e.name));
    }
  };
  walk(join(root, 'packages/abi/src'));
  files.push(join(root, 'packages/runtime/src/objects/static.ts'));
  const records = new Map();
  const scalars = new Map();
  for (const file of files) {
    const program = parseSync(file, readFileSync(file, 'utf8'), { lang: 'ts' }).program;
    for (const node of program.body) {
      if (node.type !== 'ExportNamedDeclaration' || node.declaration?.type !== 'VariableDeclaration') continue;
      if (node.declaration.kind !== 'const') continue;
      for (const d of node.declaration.declarations) {
        let init = d.init;
        while (init?.type === 'TSAsExpression' || init?.type === 'TSSatisfiesExpression') init = init.expression;
        const n = literal(init);
        if (n !== undefined) scalars.set(d.id.name, n);
        else if (init?.type === 'ObjectExpression') {
          const fields = new Map();
          for (const p of init.properties) {
            const v = p.type === 'Property' && !p.computed ? literal(p.value) : undefined;
            if (v !== undefined) fields.set(p.key.name ?? String(p.key.value), v);
          }
          if (fields.size > 0) records.set(d.id.name, fields);
        }
      }
    }
  }
  return { records, scalars };
}
function literal(node) {
  if (node?.type === 'Literal' && typeof node.value === 'number') return node.value;
  if (node?.type === 'UnaryExpression' && node.operator === '-' && typeof node.argument.value === 'number')
    return -node.argument.value;
  return undefined;
}

const LOADS = {
  i32: 'getInt32',
  ptr: 'getInt32',
  u32: 'getUint32',
  u16: 'getUint16',
  f64: 'getFloat64',
  u8: 'getUint8',
};
const STORES = { setI32: 'setInt32', setU16: 'setUint16', setF64: 'setFloat64', setU8: 'setUint8' };
const simple = (n) =>
  n.type === 'Identifier' ||
  n.type === 'Literal' ||
  (n.type === 'MemberExpression' && !n.computed && n.object.type === 'Identifier') ||
  (n.type === 'BinaryExpression' && simple(n.left) && simple(n.right)) ||
  (n.type === 'ParenthesizedExpression' && simple(n.expression));

/**
 * A bundler plugin. `counts`: also expand Py_INCREF and Py_DECREF statements in files whose path matches; the enclosing
 * function must have a variable `rc` for it (a block-scoped one each would cost a register of the interpreter).
 */
export function expandPlugin({ counts = /vm[\\/]ceval/ } = {}) {
  const { records, scalars } = readConstants();
  return {
    name: 'moult-expand',
    transform(code, id) {
      if (!/packages[\\/](runtime|inspect)[\\/]src[\\/].*\.ts$/.test(id)) return null;
      const program = parseSync(id, code, { lang: 'ts' }).program;
      const linear = new Map();
      const local = new Map();
      const localScalars = new Map();
      let linearSource = '';
      let objectSource = '';
      for (const node of program.body) {
        if (node.type !== 'ImportDeclaration') continue;
        const source = node.source.value;
        for (const s of node.specifiers) {
          if (s.type !== 'ImportSpecifier') continue;
          const imported = s.imported.name;
          if (/memory\/linear\.ts$|^\.\/linear\.ts$/.test(source)) {
            linear.set(s.local.name, imported);
            linearSource = source;
          }
          if (/object\.ts$/.test(source) && (imported === 'Py_INCREF' || imported === 'Py_DECREF')) {
            linear.set(s.local.name, imported);
            objectSource = source;
          }
          if (source === '@moult/abi' || /static\.ts$/.test(source)) {
            if (records.has(imported)) local.set(s.local.name, records.get(imported));
            if (scalars.has(imported)) localScalars.set(s.local.name, scalars.get(imported));
          }
        }
      }
      if (linear.size === 0 && local.size === 0) return null;
      const edits = [];
      const text = (n) => render(n.start, n.end);
      // replacements nest: children are rendered first, each within its own range
      function render(start, end) {
        let out = '';
        let at = start;
        const inside = edits.filter(
          (e) => e.start >= start && e.end <= end && !(e.start === start && e.end === end && e.pending),
        );
        inside.sort((a, b) => a.start - b.start || b.end - a.end);
        for (const e of inside) {
          if (e.start < at) continue;
          out += code.slice(at, e.start) + e.text;
          at = e.end;
        }
        return out + code.slice(at, end);
      }
      function visit(node, parent, key) {
        if (node === null || typeof node !== 'object') return;
        if (Array.isArray(node)) {
          for (const n of node) visit(n, parent, key);
          return;
        }
        if (typeof node.type !== 'string') return;
        if (
          node.type === 'ImportDeclaration' ||
          node.type.startsWith('TSType') ||
          node.type === 'TSInterfaceDeclaration'
        )
          return;
        for (const k of Object.keys(node)) if (k !== 'type' && k !== 'start' && k !== 'end') visit(node[k], node, k);
        if (node.type === 'MemberExpression' && !node.computed && node.object.type === 'Identifier') {
          const v = local.get(node.object.name)?.get(node.property.name);
          if (v !== undefined) edits.push({ start: node.start, end: node.end, text: v < 0 ? `(${v})` : String(v) });
        } else if (node.type === 'Identifier' && localScalars.has(node.name) && isUse(node, parent, key)) {
          const v = localScalars.get(node.name);
          edits.push({ start: node.start, end: node.end, text: v < 0 ? `(${v})` : String(v) });
        } else if (
          node.type === 'CallExpression' &&
          node.callee.type === 'Identifier' &&
          linear.has(node.callee.name)
        ) {
          const name = linear.get(node.callee.name);
          const args = node.arguments.map(text);
          const little = name.includes('8') ? '' : ', true';
          let t;
          if (LOADS[name]) t = `mem$.${LOADS[name]}(${args[0]}${little})`;
          else if (STORES[name]) t = `mem$.${STORES[name]}(${args[0]}, ${args[1]}${little})`;
          else if (name === 'setPtr' && simple(node.arguments[0]) && parent.type === 'ExpressionStatement') {
            t = `mem$.setInt32(${args[0]}, ${args[1]}, true), mem$.setInt32((${args[0]}) + 4, 0, true)`;
          } else if (
            (name === 'Py_INCREF' || name === 'Py_DECREF') &&
            counts.test(id) &&
            simple(node.arguments[0]) &&
            parent.type === 'ExpressionStatement'
          ) {
            const x = args[0];
            // an immortal count is negative and stays: without a branch there is no path that V8 has not seen
            t =
              name === 'Py_INCREF'
                ? `{ rc = mem$.getInt32(${x}, true); mem$.setInt32(${x}, (rc + 1 + (rc >> 31)) | 0, true); }`
                : `{ rc = mem$.getInt32(${x}, true); mem$.setInt32(${x}, (rc - 1 - (rc >> 31)) | 0, true); if (rc === 1) dealloc$(${x}); }`;
            edits.push({ start: parent.start, end: parent.end, text: t });
            return;
          }
          if (t !== undefined) edits.push({ start: node.start, end: node.end, text: t });
        }
      }
      visit(program, null, '');
      if (edits.length === 0) return null;
      let head = '';
      if (linearSource !== '') head += `import { mem as mem$ } from '${linearSource}';\n`;
      if (objectSource !== '' && counts.test(id))
        head += `import { _Py_Dealloc as dealloc$ } from '${objectSource}';\n`;
      return { code: head + render(0, code.length), map: null };
    },
  };
}
function isUse(node, parent, key) {
  if (parent === null) return false;
  if (parent.type === 'MemberExpression' && key === 'property' && !parent.computed) return false;
  if (parent.type === 'Property' && key === 'key' && !parent.computed) return false;
  if (parent.type === 'Property' && parent.shorthand) return false;
  if (parent.type === 'ImportSpecifier' || parent.type === 'ExportSpecifier') return false;
  return true;
}
