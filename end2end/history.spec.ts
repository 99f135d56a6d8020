import type { Page } from "@playwright/test";
import { expect, heading, messages, test } from "./fixtures.ts";
import { words } from "./words.ts";

test("the history turns to its earlier pages and back", async ({ page, say, customers, signIn }) => {
  await signIn(customers.untouched);
  const newest = await hrefs(page);
  await page.getByRole("link", { name: say.earlier }).click();
  await expect(page).toHaveURL(/before=/);
  const earlier = await hrefs(page);
  expect(earlier.length).toBeGreaterThan(0);
  expect(earlier.filter((href) => newest.includes(href))).toEqual([]);

  await page.getByRole("link", { name: say.newest }).click();
  await expect(page).toHaveURL(/\/history(#entries)?$/);
  expect(await hrefs(page)).toEqual(newest);
});

test("one kind is shown alone, and the choice stays in sight", async ({ page, say, customers, signIn }) => {
  await signIn(customers.touched);
  const before = await hrefs(page);
  await page.getByText(say.narrow).click();
  await page.getByLabel(say.kind).selectOption("trade_in.received");
  await page.getByRole("button", { name: say.show, exact: true }).click();
  await expect(page).toHaveURL(/kind=trade_in\.received/);
  await expect(page.getByLabel(say.kind)).toHaveValue("trade_in.received");
  await expect(messages(page).filter({ hasText: say.unmatched }).first()).toBeVisible();
  expect((await hrefs(page)).length).toBeLessThan(before.length);
});

test("a transaction opens beside its message, and each leads to the other", async ({ page, say, customers, signIn }) => {
  await signIn(customers.touched);
  await page.goto("/history?kind=payment.received");
  const pair = page.getByRole("main").getByRole("listitem").filter({ hasText: say.matched }).first();
  const transaction = await pair.locator('a[href^="/transactions/"]').getAttribute("href");
  await pair.locator('a[href^="/transactions/"]').click();
  await expect(page.getByRole("heading", { level: 1, name: say.paymentReceived })).toBeVisible();
  await messages(page).first().getByRole("link").first().click();
  await expect(page).toHaveURL(/\/messages\//);
  await expect(page.locator(`a[href="${transaction}"]`)).toBeVisible();
});

test("a customer's own language and clock go before their account's", async ({ page, say, customers, signIn }, info) => {
  // What is kept is the customer's in every browser: two of these at once would undo each other.
  test.skip(info.project.name !== "desktop-light");
  await signIn(customers.touched);
  await page.goto("/settings");
  await page.getByLabel(say.language, { exact: true }).selectOption(say === words.es ? "es" : "en");
  await page.getByLabel(say.timeZone, { exact: true }).selectOption("Europe/Lisbon");
  await page.getByRole("button", { name: say.save }).click();
  await expect(heading(page, say.saved)).toBeVisible();
  await expect(page.getByRole("contentinfo")).toContainText("Lisbon");
  await page.getByLabel(say.timeZone, { exact: true }).selectOption("");
  await page.getByRole("button", { name: say.save }).click();
  await expect(page.getByRole("contentinfo")).not.toContainText("Lisbon");
});

async function hrefs(page: Page) {
  await page.waitForLoadState();
  return messages(page).locator("h3 a").evaluateAll((links) => links.map((link) => link.getAttribute("href")));
}
