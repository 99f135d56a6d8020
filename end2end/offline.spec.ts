import type { Page } from "@playwright/test";
import { expect, fillSignIn, heading, messages, test } from "./fixtures.ts";
import { words } from "./words.ts";

test.use({ serviceWorkers: "allow" });

/// What the device keeps of a page that it may show without asking: addresses, and all of their text.
const kept = (page: Page) =>
  page.evaluate(async () => {
    const found: { path: string; text: string }[] = [];
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) found.push({ path: new URL(request.url).pathname, text: await (await cache.match(request))!.text() });
    }
    return found;
  });

const isKept = (page: Page) => expect.poll(async () => (await kept(page)).some(({ path }) => path === "/offline")).toBe(true);

test("the device keeps nothing of anybody, and says when there is no connection", async ({ page, context, say, customers, signIn }) => {
  await signIn(customers.touched);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await isKept(page);
  const name = await page.locator(".who-name").innerText();
  const subject = await messages(page).first().getByRole("link").first().innerText();
  await messages(page).first().getByRole("link").first().click();
  await expect(page).toHaveURL(/\/messages\//);
  await page.goto("/account");
  for (const { path, text } of await kept(page)) {
    expect(path).toMatch(/^\/offline$|^\/(pkg|fonts)\/[\w.-]+\.[0-9a-f]{16}(_bg)?\.\w+$/);
    for (const personal of [name, subject, customers.touched.email]) expect(text).not.toContain(personal);
  }

  await context.setOffline(true);
  await page.goto("/history");
  for (const { offline } of [words.en, words.es]) await expect(page.getByRole("heading", { name: offline, level: 2 })).toBeVisible();
  await expect(page.getByText(name)).toHaveCount(0);
  await context.setOffline(false);
  await page.getByRole("link", { name: say.tryAgain }).click();
  await expect(heading(page, say.history)).toBeVisible();
});

test("after signing out nothing is kept, and signing in makes it ready again", async ({ page, context, say, customers, signIn }) => {
  await signIn(customers.untouched);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await isKept(page);
  await page.getByRole("button", { name: say.signOut }).click();
  await expect(heading(page, say.signedOut)).toBeVisible();
  await expect.poll(async () => (await kept(page)).length).toBe(0);
  await page.goto("/sign-in");
  await fillSignIn(page, say, customers.untouched);
  await expect(heading(page, say.history)).toBeVisible();
  await page.evaluate(() => navigator.serviceWorker.ready);
  await isKept(page);
  await context.setOffline(true);
  await page.goto("/account");
  await expect(page.getByRole("heading", { name: say.offline, level: 2 })).toBeVisible();
});

test("a browser may put the pages among its apps", async ({ page }) => {
  await page.goto("/sign-in");
  const session = await page.context().newCDPSession(page);
  const { errors, data } = await session.send("Page.getAppManifest");
  expect(errors).toEqual([]);
  const manifest = JSON.parse(data!);
  expect(manifest.name).toContain("Larkspur Mobile");
  for (const { src, sizes } of manifest.icons) {
    const size = await page.evaluate(async (path) => {
      const image = new Image();
      image.src = path;
      await image.decode();
      return `${image.naturalWidth}x${image.naturalHeight}`;
    }, src);
    expect(size, src).toBe(sizes);
  }
  await page.evaluate(() => navigator.serviceWorker.ready);
  const { installabilityErrors } = await session.send("Page.getInstallabilityErrors");
  // Chromium keeps no apps in a private window, which every test's is.
  expect(installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== "in-incognito")).toEqual([]);
});
