// Keeps the page for when there is no network: what it begins with at once, the library when the page asks for it. Files with a
// hash in their names never change; the page itself is asked for anew wherever that is possible.
const CACHE = `moult-lab-${new URL(self.location.href).searchParams.get('engine') ?? ''}`;
const PAGE = new URL('./', self.location.href).href;
const AT_ONCE = 16;

async function keep(paths) {
  const cache = await caches.open(CACHE);
  const wanted = [];
  for (const path of paths) {
    const url = new URL(path, PAGE).href;
    if ((await cache.match(url)) === undefined) wanted.push(url);
  }
  for (let k = 0; k < wanted.length; k += AT_ONCE) await cache.addAll(wanted.slice(k, k + AT_ONCE));
}
const list = async () => (await fetch(new URL('files.json', PAGE))).json();

self.addEventListener('install', (event) => {
  event.waitUntil(list().then(({ first }) => keep([PAGE, ...first])));
  self.skipWaiting();
});
self.addEventListener('activate', (event) => {
  const old = (name) => name.startsWith('moult-lab-') && name !== CACHE;
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter(old).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});
self.addEventListener('message', (event) => {
  if (event.data !== 'keep-all') return;
  event.waitUntil(
    list()
      .then(({ later }) => keep(later))
      .then(() => event.source?.postMessage('kept-all')),
  );
});
self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin || url.pathname.endsWith('/program')) return;
  event.respondWith(request.mode === 'navigate' ? freshPage(request) : kept(request));
});

async function freshPage(request) {
  const cache = await caches.open(CACHE);
  try {
    const response = await fetch(request);
    if (response.ok) await cache.put(PAGE, response.clone());
    return response;
  } catch (error) {
    const page = await cache.match(PAGE);
    if (page === undefined) throw error;
    return page;
  }
}
async function kept(request) {
  const cache = await caches.open(CACHE);
  const known = await cache.match(request);
  if (known !== undefined) return known;
  const response = await fetch(request);
  if (response.ok) await cache.put(request, response.clone());
  return response;
}
