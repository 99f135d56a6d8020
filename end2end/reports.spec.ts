import type { Page } from "@playwright/test";
import { expect, heading, test } from "./fixtures.ts";

// What is said of one message is one thread, and every project has the same customer: each takes another message.
const note = (project: string) => `Nobody here sent a phone in (${project}).`;
const answer = (project: string) => `Nothing of yours was changed (${project}).`;

test("a customer says that it wasn’t them, and the desk answers", async ({ page, say, customers, signIn, atDesk }, info) => {
  const [said, answered] = [note(info.project.name), answer(info.project.name)];
  await signIn(customers.touched);
  const place = info.config.projects.findIndex(({ name }) => name === info.project.name);
  // Text messages, for what the desk mails is none: so they stay where they are.
  await page.goto("/history?channel=sms");
  await page.locator('main h3 a[href^="/messages/"]').nth(place).click();
  await page.getByRole("link", { name: say.notMe }).click();
  await expect(heading(page, say.notMe)).toBeVisible();
  await page.getByLabel(say.addNote).fill(said);
  await page.getByRole("button", { name: say.sendReport }).click();
  await expect(page.getByRole("status")).toContainText(say.reportSent);
  await expect(page.getByRole("listitem").filter({ hasText: said })).toContainText(say.you);
  const report = new URL(page.url()).pathname;

  await page.context().clearCookies();
  await atDesk(customers.agent);
  await page.getByRole("navigation").getByRole("link", { name: say.reports }).click();
  await expect(page.getByRole("main")).not.toContainText("Okonkwo");
  await expect(page.getByRole("main")).not.toContainText(said);
  const number = (await numberOf(page, report)) ?? "";
  await page.getByRole("button", { name: number }).click();
  await expect(page.getByRole("listitem").filter({ hasText: said })).toContainText("Maya Okonkwo");
  await page.getByRole("textbox", { name: say.yourAnswer }).fill(answered);
  await page.getByRole("button", { name: say.sendAnswer }).click();
  await expect(page.getByRole("status")).toContainText(say.answerSent);

  await page.context().clearCookies();
  await signIn(customers.touched);
  await page.goto(report);
  await expect(page.getByRole("listitem").filter({ hasText: answered })).toContainText(say.supportAgent);
  await page.goto("/settings/lookups");
  await expect(page.getByRole("main")).toContainText(say.openedFromReport);
});

test("a change of SIM says what to do at once", async ({ page, say, customers, signIn }) => {
  await signIn(customers.touched);
  await page.goto("/reports");
  await page.getByRole("listitem").filter({ hasText: say.simChanged }).getByRole("link").first().click();
  await expect(heading(page, say.doThisNow)).toBeVisible();
  await expect(page.getByRole("main")).toContainText("1-800-555-0142");
  await page.getByRole("button", { name: say.signOutOthers }).click();
  await expect(heading(page, say.confirmIt)).toBeVisible();
});

test("a report is its customer’s alone", async ({ page, say, customers, signIn }) => {
  await signIn(customers.touched);
  await page.goto("/reports");
  const report = (await page.locator(".report a").first().getAttribute("href"))!;
  await page.context().clearCookies();
  await signIn(customers.untouched);
  const answer = await page.goto(report);
  expect(answer?.status()).toBe(404);
  await page.getByRole("navigation").getByRole("link", { name: say.reports }).click();
  await expect(heading(page, say.noReports)).toBeVisible();
});

/// The name of the button that opens a report in the queue.
async function numberOf(page: Page, report: string) {
  const id = report.split("/").pop();
  const name = await page.locator(`button[value="${id}"]`).innerText();
  return name.replace(/\s+/g, " ").trim();
}
