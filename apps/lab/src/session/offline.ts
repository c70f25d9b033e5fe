/** The service worker that keeps the page for when there is no network, where the browser has one. */
import { assets } from './assets.ts';

/** The library waits until the reader has something to look at. */
const LATER_MS = 5000;

export async function keepOffline(): Promise<void> {
  // in a sandboxed frame, and of a file, there is none
  if (!('serviceWorker' in navigator) || !location.protocol.startsWith('http')) return;
  try {
    const engine = /-([0-9a-f]+)\.js$/.exec(assets.engine)?.[1] ?? '';
    await navigator.serviceWorker.register(`./offline.js?engine=${engine}`);
    navigator.serviceWorker.addEventListener('message', (event) => {
      // everything is here: the page needs no network from now on
      if (event.data === 'kept-all') document.documentElement.dataset.offline = 'ready';
    });
    const { active } = await navigator.serviceWorker.ready;
    setTimeout(() => active?.postMessage('keep-all'), LATER_MS);
  } catch {
    // storage is full or forbidden: the page works as long as it is served
  }
}
