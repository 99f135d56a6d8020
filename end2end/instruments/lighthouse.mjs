// Lighthouse on the pages that matter most. Below 100 it says which audit, and why.
import lighthouse, { desktopConfig } from "lighthouse";
import puppeteer from "puppeteer-core";
import { flaggedMessage, openHouse, signIn } from "./house.mjs";

const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";
// A personal site is kept out of search engines on purpose.
const MEANT = ["is-crawlable"];
const house = await openHouse();
const browser = await puppeteer.launch({ executablePath: CHROMIUM, headless: true, args: ["--no-sandbox", "--disable-gpu"] });
let short = false;
try {
  const { origin, customers } = house;
  for (const [device, config] of [["phone", undefined], ["desktop", desktopConfig]]) {
    const cookies = await signIn(origin, customers.touched);
    const message = await flaggedMessage(origin, cookies);
    for (const [name, path, signedIn] of [["sign-in", "/sign-in", false], ["history", "/history", true], ["message", message, true]]) {
      const flags = { port: Number(new URL(browser.wsEndpoint()).port), output: "json", logLevel: "error", extraHeaders: signedIn ? { cookie: cookies.join("; ") } : undefined, skipAudits: MEANT };
      const { lhr } = await lighthouse(origin + path, flags, config);
      const scores = Object.values(lhr.categories).map(({ id, score }) => [id, Math.round(score * 100)]);
      console.log(`${device.padEnd(8)} ${name.padEnd(8)} ${scores.map(([id, score]) => `${id} ${score}`).join("  ")}`);
      for (const { auditRefs } of Object.values(lhr.categories)) {
        for (const { id, weight } of auditRefs) {
          const { score, title, displayValue } = lhr.audits[id];
          if (weight > 0 && score !== null && score < 1) console.log(`         ${id} ${score}: ${title} ${displayValue ?? ""}`);
        }
      }
      short ||= scores.some(([, score]) => score < 100);
    }
  }
} finally {
  await browser.close();
  await house.close();
}
process.exit(short && !process.env.REPORT_ONLY ? 1 : 0);
