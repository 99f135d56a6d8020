import type { Locator, Page } from "@playwright/test";
import { expect, heading, messages, speak, test } from "./fixtures.ts";

const TABS_MAX = 60;

test("from signing in to the reason, with the keyboard alone", async ({ page, say, customers }) => {
  await page.goto("/sign-in");
  await speak(page, say);
  await tabTo(page, page.getByLabel(say.signInName));
  await page.keyboard.type(customers.touched.email);
  await tabTo(page, page.getByLabel(say.password, { exact: true }));
  await page.keyboard.type(customers.touched.password);
  await page.keyboard.press("Enter");
  await expect(heading(page, say.history)).toBeVisible();

  await tabTo(page, page.getByRole("navigation").getByRole("link", { name: say.needsAttention }));
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/show=flagged/);

  await tabTo(page, messages(page).filter({ hasText: say.unmatched }).getByRole("heading", { level: 3 }).getByRole("link").first());
  await page.keyboard.press("Enter");
  await expect(heading(page, say.howWeChecked)).toBeVisible();
});

test("the first stop of every page skips to its content", async ({ page, say }) => {
  await page.goto("/sign-in");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: say.skip })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("main")).toBeFocused();
});

async function tabTo(page: Page, wanted: Locator) {
  await expect(wanted).toBeVisible();
  for (let tabs = 0; tabs < TABS_MAX; tabs++) {
    await page.keyboard.press("Tab");
    if (await wanted.evaluate((element) => element === document.activeElement)) {
      await expect(wanted).toBeInViewport();
      return;
    }
  }
  throw new Error(`not reached in ${TABS_MAX} presses of Tab: ${wanted}`);
}
