/** The modules that are built in as bytecode. Mirrors Python/frozen.c: name, the module that it is made of, whether it is a package. */
import { host } from '../vm/host.ts';

interface Frozen {
  /** The module whose code it has. */
  readonly origin: string;
  readonly isPackage: boolean;
}
const MODULES = [
  'zipimport',
  'abc',
  'codecs',
  'io',
  '_collections_abc',
  '_sitebuiltins',
  'genericpath',
  'ntpath',
  'posixpath',
  'os',
  'site',
  'stat',
  'importlib.util',
  'importlib.machinery',
  'runpy',
  '__hello__',
] as const;

export function frozenNames(): string[] {
  return [
    '_frozen_importlib',
    '_frozen_importlib_external',
    ...MODULES,
    'os.path',
    '__hello_alias__',
    '__phello__',
    '__phello__.spam',
  ];
}
export function frozenModule(name: string): Frozen | null {
  switch (name) {
    case '_frozen_importlib':
      return { origin: 'importlib._bootstrap', isPackage: false };
    case '_frozen_importlib_external':
      return { origin: 'importlib._bootstrap_external', isPackage: false };
    case 'os.path':
      return { origin: 'posixpath', isPackage: false };
    case '__hello_alias__':
      return { origin: '__hello__', isPackage: false };
    case '__phello__':
      return { origin: name, isPackage: true };
    case '__phello__.spam':
      return { origin: name, isPackage: false };
    default:
      return (MODULES as readonly string[]).includes(name) ? { origin: name, isPackage: false } : null;
  }
}
/** Its code as marshal writes it; null where there is no library. */
export function frozenCode(name: string): Uint8Array | null {
  const frozen = frozenModule(name);
  return frozen === null ? null : host.frozen(frozen.origin);
}
