import type { Page } from "@playwright/test";
import { expect, heading, messages, test } from "./fixtures.ts";

const REASON = "Asks about a trade-in message";

test("an agent opens an account with the keyboard alone, and closes it", async ({ page, say, customers, atDesk }) => {
  await atDesk(customers.agent);
  await expect(page.getByLabel(say.whoseAccount)).toBeFocused();
  await page.keyboard.type(customers.touched.email);
  await page.keyboard.press("Tab");
  await expect(page.getByLabel(say.whyYouLook)).toBeFocused();
  await page.keyboard.type(REASON);
  await page.keyboard.press("Enter");

  await expect(heading(page, say.theySee)).toBeVisible();
  await expect(page).toHaveURL(/\/desk\/accounts\/[0-9a-f]{32}$/);
  await expect(messages(page).first()).toBeVisible();
  await expect(page.getByText(REASON)).toBeVisible();
  const account = page.url();
  await page.getByRole("button", { name: say.closeAccount }).click();
  await expect(heading(page, say.findAccount)).toBeVisible();
  await page.goto(account);
  await expect(heading(page, say.lookupClosed)).toBeVisible();
  await expect(messages(page)).toHaveCount(0);
});

test("a search that opens nothing keeps what was typed, and the address keeps none of it", async ({ page, say, customers, atDesk, lookUp }) => {
  await atDesk(customers.agent);
  await lookUp("nobody@example.invalid", REASON);
  await expect(page.getByText(say.noAccount)).toBeVisible();
  await expect(page.getByLabel(say.whoseAccount)).toHaveValue("nobody@example.invalid");
  await expect(page.getByLabel(say.whoseAccount)).toBeFocused();
  await expect(page.getByLabel(say.whyYouLook)).toHaveValue(REASON);
  expect(page.url()).toMatch(/\/desk$/);

  await lookUp(customers.touched.email, "a call");
  await expect(page.getByText(say.reasonShort)).toBeVisible();
  await expect(page.getByLabel(say.whyYouLook)).toBeFocused();
  await expect(page.getByLabel(say.whoseAccount)).toHaveValue(customers.touched.email);
});

test("the agent reads the customer's history without the customer's identifiers", async ({ page, say, customers, atDesk, lookUp, signIn }) => {
  await signIn(customers.touched);
  const theirs = await titles(page);
  await page.context().clearCookies();
  await atDesk(customers.agent);
  await lookUp(customers.touched.email, REASON);
  await expect(heading(page, say.theySee)).toBeVisible();
  expect((await titles(page)).length).toBe(theirs.length);

  await messages(page).filter({ hasText: say.unmatched }).getByRole("heading", { level: 3 }).getByRole("link").first().click();
  await expect(heading(page, say.howWeChecked)).toBeVisible();
  const main = page.getByRole("main");
  const checks = main.getByRole("region", { name: say.howWeChecked });
  const shown = (await main.locator(".letter").innerText()) + (await checks.innerText());
  expect(shown).toContain("••••");
  expect(shown.match(/\d{7,}/g) ?? []).toEqual([]);
  await expect(main).not.toContainText(customers.touched.email);
});

test("the customer sees who looked, and why", async ({ page, say, customers, atDesk, lookUp, signIn }, info) => {
  const reason = `${REASON}, on ${info.project.name}`;
  await atDesk(customers.agent);
  await lookUp(customers.touched.email, reason);
  await expect(heading(page, say.theySee)).toBeVisible();
  await page.context().clearCookies();

  await signIn(customers.touched);
  await page.getByRole("navigation").getByRole("link", { name: say.whoLooked }).click();
  const look = page.getByRole("main").getByRole("listitem").filter({ hasText: reason });
  await expect(look.first()).toContainText(say.supportAgent);
});

test("customers have no desk", async ({ page, say, customers, signIn }) => {
  await signIn(customers.untouched);
  const answer = await page.goto("/desk");
  expect(answer?.status()).toBe(404);
  await expect(heading(page, say.notFound)).toBeVisible();
});

async function titles(page: Page) {
  await page.waitForLoadState();
  return messages(page).getByRole("heading", { level: 3 }).allInnerTexts();
}
