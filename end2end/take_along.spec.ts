// What a customer takes along: everything in one file, and a statement to print; and how they want to be told things.
import AxeBuilder from "@axe-core/playwright";
import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { expect, heading, test, type Customer } from "./fixtures.ts";
import { words, type Words } from "./words.ts";

async function giveAgain(page: Page, say: Words, customer: Customer) {
  await page.getByLabel(say.password, { exact: true }).fill(customer.password);
  await page.getByRole("button", { name: say.goOn }).click();
}

test("everything comes as one file", async ({ page, say, customers, signIn }) => {
  await signIn(customers.untouched);
  await page.goto("/export");
  await giveAgain(page, say, customers.untouched);
  await expect(heading(page, say.takeAlong)).toBeVisible();
  const coming = page.waitForEvent("download");
  await page.getByRole("button", { name: say.download }).click();
  const download = await coming;
  expect(download.suggestedFilename()).toMatch(/^counterfoil-\d{4}-\d\d-\d\d\.zip$/);
  const file = readFileSync(await download.path());
  expect(file.subarray(0, 2).toString()).toBe("PK");
  for (const name of ["README.txt", "messages.csv", "messages.json", "account.json"]) expect(file.includes(name)).toBe(true);
});

test("a statement is made of two days", async ({ page, say, customers, signIn }) => {
  await signIn(customers.touched);
  await page.goto("/statement");
  await expect(heading(page, say.makeStatement)).toBeVisible();
  await page.getByLabel(say.from, { exact: true }).fill("2026-05-01");
  await page.getByLabel(say.to, { exact: true }).fill("2026-04-01");
  await page.getByRole("button", { name: say.makeIt }).click();
  await expect(page.getByText(say.twoDays)).toBeVisible();
  await page.getByLabel(say.from, { exact: true }).fill("2026-04-01");
  await page.getByLabel(say.to, { exact: true }).fill("2026-04-30");
  await page.getByRole("button", { name: say.makeIt }).click();
  await giveAgain(page, say, customers.touched);
  await expect(heading(page, say.statement)).toBeVisible();
  await page.emulateMedia({ media: "print" });
  await expect(page.getByRole("navigation")).toBeHidden();
  await expect(page.getByRole("table")).toBeVisible();
});

test("bills can't be done without", async ({ page, say, customers, signIn }, info) => {
  // What is kept is the customer's in every browser: two of these at once would undo each other.
  test.skip(info.project.name !== "desktop-light");
  await signIn(customers.untouched);
  await page.goto("/settings");
  await page.getByLabel(say.everyMonday).check();
  await page.getByLabel(say.billsByMail).uncheck();
  await page.getByLabel(say.billsByLetter).uncheck();
  await page.getByRole("button", { name: say.save }).click();
  // What was chosen in this browser does not speak louder than what is saved: the customer's own language.
  await expect(heading(page, new RegExp(`${words.en.billsNeedAWay}|${words.es.billsNeedAWay}`))).toBeVisible();
  await expect(page.locator('input[name="digest"][value="weekly"]')).toBeChecked();
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations).toEqual([]);
});
