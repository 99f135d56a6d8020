import { expect, heading, test } from "./fixtures.ts";

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

test("only a page with a moving part ships wasm", async ({ page, signIn, customers }) => {
  const fetched: string[] = [];
  page.on("request", (request) => fetched.push(new URL(request.url()).pathname));
  await page.goto("/sign-in");
  await expect.poll(() => fetched.filter((path) => path.endsWith(".wasm"))).toHaveLength(1);

  await signIn(customers.touched);
  fetched.length = 0;
  await page.goto("/history", { waitUntil: "networkidle" });
  expect(fetched).toContain("/history");
  expect(fetched.filter((path) => /\.(wasm|js)$/.test(path))).toEqual([]);
});

test("no page is kept from anything by its own policy", async ({ page, say, customers, signIn, openFlagged }) => {
  const refused: string[] = [];
  page.on("console", (message) => {
    if (/Content.Security.Policy|Permissions.Policy|Cross-Origin/i.test(message.text())) refused.push(message.text());
  });
  page.on("pageerror", (error) => refused.push(String(error)));
  await page.goto("/sign-in", { waitUntil: "networkidle" });
  await expect(page.getByRole("button", { name: say.showPassword })).toBeVisible();
  await openFlagged();
  await page.getByText(say.qr).click();
  const message = new URL(page.url()).pathname;
  for (const path of ["/", "/history", message, "/account", "/settings", "/settings/lookups", "/statement", "/settings/security", "/settings/security/password", "/check", "/nowhere"]) {
    await page.goto(path, { waitUntil: "networkidle" });
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
