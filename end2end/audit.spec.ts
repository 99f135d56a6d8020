import { readFileSync } from "node:fs";
import { expect, heading, test } from "./fixtures.ts";

const REASON = "Asks about a trade-in message";

test("an auditor finds a lookup, takes it along, and shows everything again", async ({ page, say, customers, atDesk, lookUp, atAudit }) => {
  await atDesk(customers.agent);
  await lookUp(customers.touched.email, REASON);
  await expect(heading(page, say.theySee)).toBeVisible();
  await page.context().clearCookies();

  await atAudit();
  await page.getByLabel(say.whatWasDone).selectOption({ label: say.accountOpened });
  await page.getByRole("button", { name: say.search }).click();
  await expect(page.getByLabel(say.whatWasDone)).toHaveValue("lookup_opened");
  const entries = page.getByRole("main").getByRole("listitem");
  await expect(entries.filter({ hasText: REASON }).first()).toBeVisible();
  for (const title of await entries.getByRole("heading", { level: 3 }).allInnerTexts()) expect(title).toBe(say.accountOpened);
  expect(page.url()).toMatch(/\/desk\/audit$/);

  const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: say.asTable }).click()]);
  const table = readFileSync(await file.path(), "utf8");
  expect(table.split("\r\n")[0]).toContain("sequence,at,actor_kind");
  expect(table).toContain(REASON);

  await page.getByRole("button", { name: say.showEverything }).click();
  await expect(page.getByLabel(say.whatWasDone)).toHaveValue("");
  await expect(page.getByRole("button", { name: say.showEverything })).toHaveCount(0);
});
