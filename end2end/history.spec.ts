import type { Page } from "@playwright/test";
import { expect, messages, test } from "./fixtures.ts";

test("the history turns to its earlier pages and back", async ({ page, say, customers, signIn }) => {
  await signIn(customers.untouched);
  const newest = await hrefs(page);
  await page.getByRole("link", { name: say.earlier }).click();
  await expect(page).toHaveURL(/before=/);
  const earlier = await hrefs(page);
  expect(earlier.length).toBeGreaterThan(0);
  expect(earlier.filter((href) => newest.includes(href))).toEqual([]);

  await page.getByRole("link", { name: say.newest }).click();
  await expect(page).toHaveURL(/\/history$/);
  expect(await hrefs(page)).toEqual(newest);
});

test("one kind is shown alone, and the choice stays in sight", async ({ page, say, customers, signIn }) => {
  await signIn(customers.touched);
  const before = await hrefs(page);
  await page.getByLabel(say.kind).selectOption("trade_in.received");
  await page.getByRole("button", { name: say.show, exact: true }).click();
  await expect(page).toHaveURL(/kind=trade_in\.received/);
  await expect(page.getByLabel(say.kind)).toHaveValue("trade_in.received");
  await expect(messages(page).filter({ hasText: say.unmatched }).first()).toBeVisible();
  expect((await hrefs(page)).length).toBeLessThan(before.length);
});

async function hrefs(page: Page) {
  await page.waitForLoadState();
  return messages(page).locator("h3 a").evaluateAll((links) => links.map((link) => link.getAttribute("href")));
}
