/**
 * What no program may reach is taken away before any runs: a policy forbids the network already, this forbids asking. The engine
 * gives Python nothing of JavaScript; this holds should that ever fail.
 */
const DANGEROUS = [
  'fetch',
  'XMLHttpRequest',
  'WebSocket',
  'WebSocketStream',
  'WebTransport',
  'EventSource',
  'indexedDB',
  'caches',
  'cookieStore',
  'BroadcastChannel',
  'importScripts',
  'Worker',
  'SharedWorker',
  'navigator',
];

export function takeAway(scope: object): string[] {
  const left: string[] = [];
  for (const name of DANGEROUS) {
    for (let o: object | null = scope; o !== null; o = Object.getPrototypeOf(o) as object | null) {
      if (Object.hasOwn(o, name) && !Reflect.deleteProperty(o, name)) {
        Reflect.defineProperty(o, name, { value: undefined, configurable: false, writable: false });
      }
    }
    if ((scope as Record<string, unknown>)[name] !== undefined) left.push(name);
  }
  return left;
}
