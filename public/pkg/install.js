// Pages are there without it: it only says so when there is no connection, and quickens the next visit.
if ("serviceWorker" in navigator) {
  addEventListener("load", () => navigator.serviceWorker.register("/service-worker.js").catch(() => {}));
}
