// When nothing answers, the pages for writing without a network open from their kept copies. No other page is ever kept.
const SHELF = "sutura-offline";
const PAGE = "/intake/offline/";

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));

const kept = async (address) => (await caches.open(SHELF)).match(address, { ignoreVary: true });
const copy = async (request) => (await kept(new URL(request.url).pathname)) || kept(PAGE);
const page = async (request) => {
  try {
    const answer = await fetch(request);
    // A server behind its gate that does not answer, for the page that must open all the same.
    return answer.status >= 502 ? (await copy(request)) || answer : answer;
  } catch (fault) {
    const held = await copy(request);
    if (held) return held;
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
