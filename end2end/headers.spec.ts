import { expect, heading, test } from "./fixtures.ts";

/// Of wasm and JavaScript on a history, compressed.
const SCRIPT_BYTES_MAX = 75_000;

test("personal pages are kept nowhere", async ({ page, customers, openFlagged }) => {
  await openFlagged();
  const message = new URL(page.url()).pathname;
  for (const path of ["/history", "/history?show=flagged", message, "/messages/none-of-mine"]) {
    const answer = await page.request.get(path);
    expect(answer.headers()["cache-control"], path).toContain("no-store");
    expect(answer.headers()["content-security-policy"], path).toMatch(/script-src[^;]*'nonce-/);
    expect(answer.headers()["x-content-type-options"], path).toBe("nosniff");
    expect(answer.headers()["referrer-policy"], path).toBeTruthy();
  }
  expect(page.url()).not.toContain(customers.touched.email);
});

test("the session's cookie is out of reach of scripts and of other sites", async ({ page, customers, signIn }) => {
  await signIn(customers.touched);
  const cookies = await page.context().cookies();
  const kept = cookies.filter((cookie) => cookie.httpOnly);
  expect(kept.length).toBeGreaterThan(0);
  for (const cookie of kept) expect(["Lax", "Strict"]).toContain(cookie.sameSite);
  expect(await page.evaluate(() => document.cookie)).not.toContain(kept[0].value);
});

test("only a page with a moving part ships wasm, and little of it", async ({ page, signIn, customers }) => {
  const fetched: string[] = [];
  page.on("request", (request) => fetched.push(new URL(request.url()).pathname));
  await page.goto("/sign-in");
  await expect.poll(() => fetched.filter((path) => path.endsWith(".wasm"))).toHaveLength(1);

  await signIn(customers.touched);
  const scripts = (await page.evaluate(() => performance.getEntriesByType("resource"))) as PerformanceResourceTiming[];
  const sent = scripts.filter(({ name }) => /\.(wasm|js)$/.test(new URL(name).pathname)).reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0);
  expect(sent).toBeLessThanOrEqual(SCRIPT_BYTES_MAX);
  fetched.length = 0;
  await page.goto("/account", { waitUntil: "networkidle" });
  expect(fetched).toContain("/account");
  expect(fetched.filter((path) => /counterfoil.*\.(wasm|js)$/.test(path))).toEqual([]);
});

test("no page is kept from anything by its own policy", async ({ page, say, customers, signIn, openFlagged }) => {
  const refused: string[] = [];
  page.on("console", (message) => {
    if (/Content.Security.Policy|Permissions.Policy|Cross-Origin/i.test(message.text())) refused.push(message.text());
  });
  page.on("pageerror", (error) => refused.push(String(error)));
  await page.goto("/sign-in");
  await expect(page.getByRole("button", { name: say.showPassword })).toBeVisible();
  await openFlagged();
  await page.getByText(say.qr).click();
  const message = new URL(page.url()).pathname;
  for (const path of ["/", "/history", message, "/account", "/settings", "/statement", "/settings/lookups", "/settings/security", "/settings/security/password", "/check", "/nowhere"]) {
    // A page that follows its history is never at rest on the network.
    await page.goto(path, { waitUntil: "load" });
    await page.evaluate(() => document.fonts.ready);
  }
  expect(refused).toEqual([]);
});

test("signing out has the browser forget", async ({ page, say, customers, signIn }) => {
  await signIn(customers.touched);
  const answer = page.waitForResponse((response) => response.url().endsWith("/sign-out"));
  await page.getByRole("button", { name: say.signOut }).click();
  expect(await (await answer).headerValue("clear-site-data")).toBe('"cache", "cookies", "storage"');
  await expect(heading(page, say.signedOut)).toBeVisible();
  expect((await page.context().cookies()).filter((cookie) => cookie.name.includes("counterfoil"))).toEqual([]);
});
