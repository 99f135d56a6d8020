// The main path in Firefox, with scripts and without: sign in, find the message in doubt, read why, sign out.
import assert from "node:assert/strict";
import { createServer, request } from "node:http";
import puppeteer from "puppeteer-core";
import { openHouse } from "./house.mjs";

const FIREFOX = process.env.FIREFOX ?? "/usr/bin/firefox-esr";
const house = await openHouse();
const without = await withoutScripts(house.origin);
try {
  for (const scripts of [true, false]) {
    const browser = await puppeteer.launch({ browser: "firefox", executablePath: FIREFOX, headless: true, extraPrefsFirefox: { "intl.accept_languages": "en-US" } });
    try {
      const began = Date.now();
      await walk(await browser.newPage(), scripts, scripts ? house.origin : without.origin);
      console.log(`Firefox, scripts ${scripts ? "on" : "off"}: the main path stands (${((Date.now() - began) / 1000).toFixed(1)} s)`);
    } finally {
      await browser.close();
    }
  }
} finally {
  without.close();
  await house.close();
}

async function walk(page, scripts, origin) {
  const { customers } = house;
  await page.goto(`${origin}/sign-in`);
  const reveal = await page.$("#show-password");
  if (scripts) await page.waitForSelector("#show-password:not([hidden])");
  else assert.ok(await reveal.evaluate((button) => button.hidden), "without scripts there is no button");
  await page.type("#sign_in_name, [name=sign_in_name]", customers.touched.email);
  await page.type("#password", customers.touched.password);
  await follow(page, "form[action='/sign-in'] button:not([type=button])");
  assert.equal(new URL(page.url()).pathname, "/history");
  await shows(page, "h1", /Everything we sent you/);
  await follow(page, "a[href*='show=flagged']");
  await shows(page, "main", /No matching activity found/);
  await follow(page, "main article h3 a[href^='/messages/']");
  await shows(page, "#verdict", /\w/);
  await shows(page, "main", /How we checked/);
  assert.ok(await page.$eval("main", (main) => main.scrollWidth <= innerWidth), "nothing scrolls sideways");
  await follow(page, "form[action='/sign-out'] button");
  await shows(page, "h1", /You are signed out/);
}

async function follow(page, selector) {
  await Promise.all([page.waitForNavigation(), page.click(selector)]);
}

async function shows(page, selector, words) {
  assert.match(await page.$eval(selector, (element) => element.textContent), words);
}

/// The same house behind a door that has the browser run no script of its pages: BiDi has no word for that in Firefox.
function withoutScripts(origin) {
  const door = createServer((asked, answer) => {
    const { hostname, port } = new URL(origin);
    const onward = request({ hostname, port, path: asked.url, method: asked.method, headers: asked.headers }, (answered) => {
      const policies = [answered.headers["content-security-policy"], "sandbox allow-same-origin allow-forms allow-top-navigation"];
      answer.writeHead(answered.statusCode, { ...answered.headers, "content-security-policy": policies.filter(Boolean).join(", ") });
      answered.pipe(answer);
    });
    asked.pipe(onward);
  });
  return new Promise((done) => door.listen(0, "127.0.0.1", () => done({ origin: `http://127.0.0.1:${door.address().port}`, close: () => door.close() })));
}
