import { expect, heading, messages, shownNumber, test } from "./fixtures.ts";
import { words } from "./words.ts";

test("the touched customer finds the flagged message and understands why", async ({ page, say, openFlagged }) => {
  await openFlagged();
  const main = page.getByRole("main");

  await expect(heading(page, say.unmatched)).toBeVisible();
  const checks = main.getByRole("region", { name: say.howWeChecked });
  await expect(checks.getByRole("listitem").filter({ has: heading(page, say.device) })).toContainText(say.notYours);
  await expect(main.getByRole("region", { name: say.whatElse })).toContainText(say.nothingChanged);
});

test("the list of what needs attention holds nothing that matches", async ({ page, say, customers, signIn }) => {
  await signIn(customers.touched);
  await expect(messages(page).filter({ hasText: say.matched }).first()).toBeVisible();

  await page.getByRole("link", { name: say.needsAttention }).click();
  await expect(messages(page).filter({ hasText: say.unmatched }).first()).toBeVisible();
  await expect(messages(page).filter({ hasText: say.matched })).toHaveCount(0);
});

test("the untouched customer has nothing flagged", async ({ page, say, customers, signIn }) => {
  await signIn(customers.untouched);
  await expect(messages(page).filter({ hasText: say.matched }).first()).toBeVisible();

  await page.goto("/history?show=flagged");
  await expect(heading(page, say.nothingFlagged)).toBeVisible();
  await expect(messages(page)).toHaveCount(0);
});

test("a message opens for its own customer and for nobody else", async ({ page, browser, baseURL, say, customers, signIn, openFlagged }) => {
  await openFlagged();
  const message = new URL(page.url()).pathname;
  const subject = await page.getByRole("heading", { level: 1 }).innerText();

  await page.context().clearCookies();
  await signIn(customers.untouched);
  const answer = await page.goto(message);
  expect(answer?.status()).toBe(404);
  await expect(page.locator("body")).not.toContainText(subject);

  const stranger = await browser.newPage({ baseURL });
  await stranger.goto(message);
  await expect(stranger.locator("body")).not.toContainText(subject);
  await stranger.close();
});

test("whoever holds the message can check it by its number, and its customer opens it from there", async ({ page, browser, baseURL, say, openFlagged }) => {
  await openFlagged();
  const number = await shownNumber(page);
  const subject = await page.getByRole("heading", { level: 1 }).innerText();

  const stranger = await browser.newPage({ baseURL, locale: say === words.es ? "es-US" : "en-US" });
  await stranger.goto("/sign-in");
  await stranger.getByRole("link", { name: say.checkMessage }).click();
  await stranger.getByLabel(say.counterfoilNumber).fill("7K3M");
  await stranger.getByRole("button", { name: say.check, exact: true }).click();
  await expect(stranger.getByText(say.noNumber)).toBeVisible();
  await expect(stranger.getByLabel(say.counterfoilNumber)).toHaveValue("7K3M");
  await stranger.getByLabel(say.counterfoilNumber).fill(number.toLowerCase().replaceAll("-", " "));
  await stranger.getByRole("button", { name: say.check, exact: true }).click();
  await expect(heading(stranger, say.weSentIt)).toBeVisible();
  expect(stranger.url()).not.toContain(number);
  await expect(stranger.getByRole("link", { name: say.openYours })).toBeHidden();
  await stranger.close();

  await page.goto(`/check?n=${number}`);
  await page.getByRole("link", { name: say.openYours }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(subject);
});
