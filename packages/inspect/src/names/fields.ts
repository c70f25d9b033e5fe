// What Python calls the fields of C structs.
/** Python's names of what C structs hold. */
const ATTRIBUTES: Readonly<Record<string, string>> = {
  ob_type: '__class__',
  func_code: '__code__',
  func_globals: '__globals__',
  func_closure: '__closure__',
  func_defaults: '__defaults__',
  func_kwdefaults: '__kwdefaults__',
  func_annotations: '__annotations__',
  im_func: '__func__',
  im_self: '__self__',
  m_self: '__self__',
  ob_ref: 'cell_contents',
  prop_get: 'fget',
  prop_set: 'fset',
  prop_del: 'fdel',
  traceback: '__traceback__',
  context: '__context__',
  cause: '__cause__',
  tp_base: '__base__',
  tp_bases: '__bases__',
  tp_mro: '__mro__',
};

/** null: Python has no name for it. */
export function pythonName(field: string): string | null {
  return ATTRIBUTES[field] ?? null;
}

/** What Python calls a field of a C struct; the field's own name where it has none. */
export function attributeName(field: string): string {
  return pythonName(field) ?? field;
}
