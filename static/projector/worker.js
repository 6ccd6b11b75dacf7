/**
 * Lets the wall's page come up again while the server is away: static files from the cache (their addresses change with
 * their content), everything else of the wall from the server if it answers.
 */

const CACHE = "scribe-wall";
const FILES = /^\/static\//;
const WALL = /^\/e\/\w+\/(wall|wall\/kept|wall\/wifi\.svg|qr\.svg|logo\/\w+)$/;

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));

worker.addEventListener("install", () => void worker.skipWaiting());
worker.addEventListener("activate", (activated) => activated.waitUntil(worker.clients.claim()));
worker.addEventListener("fetch", (asked) => {
  const { pathname } = new URL(asked.request.url);
  if (asked.request.method !== "GET") return;
  if (FILES.test(pathname)) asked.respondWith(fromCache(asked.request));
  else if (WALL.test(pathname)) asked.respondWith(fromServer(asked.request));
});

async function fromCache(/** @type {Request} */ request) {
  return (await caches.match(request)) ?? store(request, await fetch(request));
}

async function fromServer(/** @type {Request} */ request) {
  try {
    return await store(request, await fetch(request));
  } catch (away) {
    const cached = await caches.match(request, { ignoreSearch: true });
    if (cached) return cached;
    throw away;
  }
}

async function store(/** @type {Request} */ request, /** @type {Response} */ answer) {
  if (answer.ok) await (await caches.open(CACHE)).put(request, answer.clone());
  return answer;
}
