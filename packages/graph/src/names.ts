/** Ways from the roots to an object, written as a person would in Python: `cache['key'][0].next`. */
import { PyModuleObject } from '@moult/abi';
import { frameInfo, nameText, type Place, pythonName, type Reader } from '@moult/inspect';
import type { HeapGraph, HeapHolder } from './heap.ts';

export { attributeName } from '@moult/inspect';

/** Fields that lead to a dict of names. */
const DICTS: ReadonlySet<string> = new Set([
  'md_dict',
  '__dict__',
  'dict',
  'func_dict',
  'tp_dict',
  'ns_dict',
  'f_locals',
]);
const NAME_IN_DICT = /^\['([\p{ID_Start}_][\p{ID_Continue}]*)'\]$/u;

/** A way as text; `nodes` go from what a place holds to the object, `root` is that place's reference. */
export function wayText(heap: HeapGraph, root: HeapHolder, nodes: readonly number[]): string {
  const labels: string[] = [];
  for (let k = 1; k < nodes.length; k++) labels.push(heap.labelOf(heap.edgeBetween(nodes[k - 1]!, nodes[k]!)));
  const { place, label } = root;
  const frame = place?.kind === 'frame' ? functionName(heap.reader, place) : null;
  if (frame !== null && label.startsWith('local ')) return `${label.slice(6)}${follow(labels)} (in ${frame})`;
  if (frame !== null && label === 'f_locals') {
    const text = follow([label, ...labels]).replace(/^\./, '');
    return frame === '<module>' ? text : `${text} (in ${frame})`;
  }
  if (frame !== null) return `${stackText(label, frame)}${follow(labels)}`;
  if (place?.kind === 'interpreter' && label === 'imports_modules') {
    const module = /^\['(.*)'\]$/.exec(labels[0] ?? '')?.[1];
    if (module !== undefined) {
      const text = follow(labels.slice(1));
      return module === '__main__' && text.startsWith('.') ? text.slice(1) : `${module}${text}`;
    }
  }
  return `${place === null ? 'an object' : `the ${place.kind}`}: ${label}${follow(labels)}`;
}

function follow(labels: readonly string[]): string {
  let out = '';
  let inNames = false;
  for (const label of labels) {
    const name = inNames ? NAME_IN_DICT.exec(label)?.[1] : undefined;
    if (name !== undefined) out += `.${name}`;
    else {
      if (inNames) out += '.__dict__';
      if (DICTS.has(label)) {
        inNames = true;
        continue;
      }
      if (label.startsWith('[') || label.startsWith('.')) out += label;
      else out += `.${pythonName(label) ?? `<${label}>`}`;
    }
    inNames = false;
  }
  return inNames ? `${out}.__dict__` : out;
}

function stackText(label: string, frame: string): string {
  if (label.startsWith('stack[')) return `value stack of ${frame}`;
  if (label === 'f_executable') return `the code of ${frame}, which runs`;
  if (label === 'f_funcobj') return `the function ${frame}, which runs`;
  return `the frame of ${frame}: ${label}`;
}
function functionName(reader: Reader, place: Place): string {
  return frameInfo(reader, place.address)?.function ?? 'a native call';
}

/** Whose names a dict holds: a module's, an instance's, a class's; null: it is a dict for itself. */
export function ownerOfNames(heap: HeapGraph, dict: number): { kind: 'module' | 'instance'; address: number } | null {
  for (const { holder, label } of heap.holdersOf(dict)) {
    // a frame only looks at them
    if (holder === 0 || !DICTS.has(label) || label === 'f_locals') continue;
    return { kind: label === 'md_dict' ? 'module' : 'instance', address: holder };
  }
  return null;
}
export function moduleName(reader: Reader, module: number): string {
  return nameText(reader, reader.ptr(module + PyModuleObject.md_name));
}
