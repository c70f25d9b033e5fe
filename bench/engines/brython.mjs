// Runs one Python program on Brython (npm package `brython`), which expects a browser: a few stand-ins for it.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import vm from 'node:vm';

const require = createRequire(import.meta.url);
const g = globalThis;
const element = () => ({
  getElementsByTagName: () => [],
  getAttribute: () => null,
  setAttribute() {},
  addEventListener() {},
  appendChild() {},
  style: {},
  src: 'http://localhost/brython.js',
  href: 'http://localhost/',
});
g.window = g;
g.self = g;
g.location = { href: 'http://localhost/', origin: 'http://localhost', pathname: '/', protocol: 'http:', search: '' };
g.document = {
  ...element(),
  currentScript: element(),
  head: element(),
  body: element(),
  documentElement: element(),
  createElement: element,
  querySelectorAll: () => [],
  querySelector: () => null,
  getElementById: () => null,
  scripts: [],
  readyState: 'complete',
  dispatchEvent() {},
  location: g.location,
};
g.addEventListener = () => {};
g.removeEventListener = () => {};
g.MutationObserver = class {
  observe() {}
  disconnect() {}
};
g.XMLHttpRequest = class {};
g.Element = g.HTMLElement = g.Node = g.NodeList = g.HTMLCollection = g.DOMStringMap = g.CSSRule = class {};
g.localStorage = { getItem: () => null };
g.alert = () => {};
g.module = {};
// Node 20 has no Set.prototype.difference, and Brython's own stand-in for it takes its arguments wrongly.
Object.defineProperty(Set.prototype, 'difference', {
  value(other) {
    return new Set([...this].filter((item) => !other.has(item)));
  },
});
vm.runInThisContext(readFileSync(require.resolve('brython/brython.js'), 'utf8'), { filename: 'brython.js' });
vm.runInThisContext(readFileSync(require.resolve('brython/brython_stdlib.js'), 'utf8'), {
  filename: 'brython_stdlib.js',
});
try {
  const B = g.__BRYTHON__;
  B.brython?.({ debug: 0 });
  g.brython?.({ debug: 0 });
  B.runPythonSource(readFileSync(process.argv[2], 'utf8'), { id: '__main__', name: '__main__' });
} catch (e) {
  console.error(String(e?.args?.[0] ?? e?.stack ?? e));
  process.exitCode = 1;
}
