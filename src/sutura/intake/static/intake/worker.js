// When nothing answers, the page for writing without a network opens from its kept copy. No other page is ever kept.
const SHELF = "sutura-offline";
const PAGE = "/intake/offline/";

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));

const kept = async (address) => (await caches.open(SHELF)).match(address, { ignoreVary: true });
const page = async (request) => {
  try {
    const answer = await fetch(request);
    // A server behind its gate that does not answer, for the page that must open all the same.
    return answer.status >= 502 ? (await kept(PAGE)) || answer : answer;
  } catch (fault) {
    const copy = await kept(PAGE);
    if (copy) return copy;
    throw fault;
  }
};

addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(request));
  else if (address.pathname.startsWith("/static/")) event.respondWith(kept(request.url).then((copy) => copy || fetch(request)));
});
