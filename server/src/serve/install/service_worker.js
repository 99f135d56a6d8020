// Keeps on the device what is the same for everybody: files with a hash in their name, and the page that says that there is
// no connection. A page of anybody's is never kept: it is asked for each time, and goes past this.
const CACHE = "counterfoil-{version}";
const FILES = {files};
const OFFLINE = "/offline";

self.addEventListener("install", (event) => event.waitUntil(keep()));
self.addEventListener("activate", (event) => event.waitUntil(forgetOlder()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  const { origin, pathname } = new URL(request.url);
  if (origin === location.origin && FILES.includes(pathname)) event.respondWith(kept(request, pathname));
  else if (request.mode === "navigate") event.respondWith(pageOrOffline(event));
});

async function keep() {
  const cache = await caches.open(CACHE);
  // Without the session: whoever is signed in has no part in it.
  await cache.addAll([...FILES, OFFLINE].map((path) => new Request(path, { credentials: "omit" })));
  await self.skipWaiting();
}

async function forgetOlder() {
  for (const name of await caches.keys()) if (name !== CACHE) await caches.delete(name);
  await self.registration.navigationPreload?.enable();
  await self.clients.claim();
}

async function kept(request, pathname) {
  return (await caches.match(pathname, { cacheName: CACHE })) ?? fetch(request);
}

async function pageOrOffline(event) {
  try {
    return (await event.preloadResponse) ?? (await fetch(event.request));
  } catch {
    return (await caches.match(OFFLINE, { cacheName: CACHE })) ?? Response.error();
  }
}
