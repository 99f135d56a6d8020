// How soon a page is there on a slow phone: 4 times slower a processor, slow 4G (Lighthouse's: 1.6 Mbit/s, 150 ms away).
import { brotliCompressSync } from "node:zlib";
import puppeteer from "puppeteer-core";
import { flaggedMessage, openHouse, signIn } from "./house.mjs";

const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";
const RUNS = 5;
const SLOW_4G = { offline: false, latency: 150, downloadThroughput: (1.6 * 1024 * 1024) / 8, uploadThroughput: (750 * 1024) / 8 };
const SETTLE_MS = 3_000;

const house = await openHouse();
const browser = await puppeteer.launch({ executablePath: CHROMIUM, headless: true, args: ["--no-sandbox", "--disable-gpu"] });
try {
  const { origin, customers } = house;
  const cookies = await signIn(origin, customers.touched);
  const message = await flaggedMessage(origin, cookies);
  console.log("| page | LCP, ms | TBT, ms | CLS | html, kB | wasm + js, kB |\n| --- | --- | --- | --- | --- | --- |");
  for (const [name, path, signedIn] of [["sign-in", "/sign-in", false], ["history", "/history", true], ["message", message, true]]) {
    const runs = [];
    for (let run = 0; run < RUNS; run++) runs.push(await visit(origin + path, signedIn ? cookies : []));
    const middle = (of) => runs.map(of).sort((one, other) => one - other)[RUNS >> 1];
    console.log(`| ${name} | ${middle((run) => run.lcp).toFixed(0)} | ${middle((run) => run.tbt).toFixed(0)} | ${middle((run) => run.cls).toFixed(3)} | ${(middle((run) => run.html) / 1000).toFixed(1)} | ${(middle((run) => run.scripts) / 1000).toFixed(1)} |`);
  }
} finally {
  await browser.close();
  await house.close();
}

/// A first visit, with nothing kept.
async function visit(address, cookies) {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  await page.setViewport({ width: 390, height: 844, deviceScaleFactor: 2, isMobile: true, hasTouch: true });
  const { hostname } = new URL(address);
  await context.setCookie(...cookies.map((cookie) => ({ name: cookie.split("=")[0], value: cookie.slice(cookie.indexOf("=") + 1), domain: hostname, path: "/" })));
  const session = await page.createCDPSession();
  await session.send("Network.enable");
  await session.send("Network.emulateNetworkConditions", SLOW_4G);
  await session.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  await page.evaluateOnNewDocument(() => {
    const seen = (window.seen = { lcp: 0, tbt: 0, cls: 0 });
    const watch = (type, then) => new PerformanceObserver((list) => list.getEntries().forEach(then)).observe({ type, buffered: true });
    watch("largest-contentful-paint", (entry) => (seen.lcp = entry.startTime));
    watch("longtask", (entry) => (seen.tbt += Math.max(0, entry.duration - 50)));
    watch("layout-shift", (entry) => (seen.cls += entry.hadRecentInput ? 0 : entry.value));
  });
  const answer = await page.goto(address, { waitUntil: "load" });
  await new Promise((done) => setTimeout(done, SETTLE_MS));
  const seen = await page.evaluate(() => window.seen);
  const scripts = await page.evaluate(() => performance.getEntriesByType("resource").filter(({ name }) => /\.(wasm|js)$/.test(new URL(name).pathname)).reduce((sum, entry) => sum + entry.encodedBodySize, 0));
  const html = brotliCompressSync(Buffer.from(await answer.text())).length;
  await context.close();
  return { ...seen, scripts, html };
}
