import type { Page } from "@playwright/test";
import { expect, heading, messages, test } from "./fixtures.ts";
import { Operator, SENT_AT } from "./operator.ts";

// The stream is open, and whoever looks is at rest.
async function follows(page: Page) {
  await page.waitForFunction(() => performance.getEntriesByType("resource").some(({ name }) => name.endsWith(".wasm")));
  await page.waitForTimeout(300);
}

const said = (page: Page) => page.locator("#live-said");

test("a message appears while the history is open, and is told to who can't see it", async ({ page, say, signIn, baseURL }, info) => {
  const operator = new Operator(baseURL!);
  const account = `A-TOP-${info.project.name.toUpperCase()}`;
  await signIn(await operator.customer(account, 3));
  await follows(page);
  await operator.send(account, [["Our new shop", SENT_AT]]);
  await expect(messages(page).first()).toContainText("Our new shop");
  await expect(said(page)).toHaveText(say.newMessage("Our new shop"));
  await expect(page.getByRole("button", { name: say.showNews })).toBeHidden();
  await expect(messages(page)).toHaveCount(4);
});

test("who reads further down is asked first, and nothing moves until they say so", async ({ page, say, signIn, baseURL }, info) => {
  const operator = new Operator(baseURL!);
  const account = `A-DOWN-${info.project.name.toUpperCase()}`;
  await signIn(await operator.customer(account, 20));
  await follows(page);
  const last = messages(page).last().getByRole("link").first();
  await last.focus();
  const at = await last.boundingBox();
  await operator.send(account, [["Our new shop", SENT_AT], ["Our old shop", SENT_AT]]);
  await expect(said(page)).toHaveText(say.newMessages(2));
  await expect(said(page)).toBeInViewport();
  await expect(messages(page)).toHaveCount(20);
  await expect(last).toBeFocused();
  expect(await last.boundingBox()).toEqual(at);
  await page.getByRole("button", { name: say.showNews }).click();
  await expect(messages(page)).toHaveCount(22);
  await expect(messages(page).first().getByRole("link").first()).toBeFocused();
  await expect(page.getByRole("button", { name: say.showNews })).toBeHidden();
});

test("what is the same stays, with what its reader does in it", async ({ page, say, signIn, baseURL }, info) => {
  const operator = new Operator(baseURL!);
  const account = `A-STAYS-${info.project.name.toUpperCase()}`;
  await signIn(await operator.customer(account, 3));
  await follows(page);
  await page.evaluate(() => document.querySelectorAll("main li.pair").forEach((pair) => Object.assign(pair, { kept: true })));
  await operator.send(account, [["Our new shop", SENT_AT]]);
  await expect(messages(page)).toHaveCount(4);
  const kept = () => page.evaluate(() => [...document.querySelectorAll("main li.pair")].map((pair) => "kept" in pair));
  expect((await kept()).filter(Boolean).length).toBeGreaterThanOrEqual(2);
  expect((await kept())[0]).toBe(false);
  await page.locator("main input[name=search]").focus();
  await operator.send(account, [["Our old shop", SENT_AT]]);
  await page.getByRole("button", { name: say.showNews }).click();
  await expect(messages(page)).toHaveCount(5);
});

test("a verdict that changes changes on the message's own page", async ({ page, say, signIn, baseURL }, info) => {
  const operator = new Operator(baseURL!);
  const account = `A-VERDICT-${info.project.name.toUpperCase()}`;
  const reference = `PMT77${info.project.name.length}0042`;
  await signIn(await operator.customer(account, 1));
  await operator.tell(account, reference);
  await page.goto(`/messages/M-${reference}`);
  await follows(page);
  await expect(heading(page, say.waiting)).toBeVisible();
  await operator.pay(account, reference);
  await expect(heading(page, say.matched)).toBeVisible();
  await expect(said(page)).toContainText(say.changed);
});

test("whose session ends is told so, and nothing comes any more", async ({ page, say, signIn, baseURL }, info) => {
  const operator = new Operator(baseURL!);
  const account = `A-ENDED-${info.project.name.toUpperCase()}`;
  await signIn(await operator.customer(account, 1));
  await follows(page);
  await page.context().clearCookies();
  await operator.send(account, [["Our new shop", SENT_AT]]);
  await expect(said(page)).toHaveText(say.newsEnded);
  await expect(messages(page)).toHaveCount(1);
  await page.getByRole("button", { name: say.signIn }).click();
  await expect(page).toHaveURL(/\/sign-in/);
});
