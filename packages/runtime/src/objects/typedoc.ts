/** Docs of built-in types and functions: the signature line that may come first. Mirrors the find_signature part of Objects/typeobject.c. */

const END = ')\n--\n\n';

/** The index behind "name(" without "name", or -1. */
function find_signature(name: string, doc: string): number {
  const dot = name.lastIndexOf('.');
  const short = dot < 0 ? name : name.slice(dot + 1);
  return doc.startsWith(`${short}(`) ? short.length : -1;
}
/** Where the signature ends: behind `)\n--\n\n`, or -1. A blank line before that means there is none. */
function skip_signature(doc: string, from: number): number {
  const at = doc.indexOf(END, from);
  const blank = doc.indexOf('\n\n', from);
  if (at < 0 || (blank >= 0 && blank < at)) return -1;
  return at + END.length;
}
/** The doc without its signature (_PyType_DocWithoutSignature). */
export function docWithoutSignature(name: string, doc: string): string {
  const start = find_signature(name, doc);
  if (start < 0) return doc;
  const end = skip_signature(doc, start);
  return end < 0 ? doc : doc.slice(end);
}
/** The signature, such as `($self, /)`, or null (_PyType_GetTextSignatureFromInternalDoc). */
export function textSignature(name: string, doc: string): string | null {
  const start = find_signature(name, doc);
  if (start < 0) return null;
  const end = skip_signature(doc, start);
  return end < 0 ? null : doc.slice(start, end - END.length + 1);
}
