// What could reach the network or storage is gone before a program runs, wherever it stood.
import { expect, it } from 'vitest';
import { takeAway } from '../src/worker/globals.ts';

it('takes away what is the scope’s own, what it inherits, and what cannot be deleted', () => {
  const inherited = { fetch: () => 'the network', importScripts: () => 'a script', postMessage: () => 'the page' };
  const scope = Object.create(inherited) as Record<string, unknown>;
  scope.WebSocket = class {};
  Object.defineProperty(scope, 'indexedDB', { value: {}, configurable: false, writable: true });
  expect(takeAway(scope)).toEqual([]);
  for (const name of ['fetch', 'importScripts', 'WebSocket', 'indexedDB']) expect(scope[name]).toBeUndefined();
  expect(typeof scope.postMessage).toBe('function');
});

it('names what it could not take away', () => {
  const scope = Object.defineProperty({}, 'caches', { value: {}, configurable: false, writable: false });
  expect(() => takeAway(scope)).not.toThrow();
  expect(takeAway(scope)).toEqual(['caches']);
});
