import { expect, messages, test } from "./fixtures.ts";

test("a search finds on both sides, marks what it finds, and is in no address", async ({ page, say, customers, signIn }) => {
  await signIn(customers.touched);
  await page.goto("/history?kind=payment.received&verdict=matched");
  const books = page.getByRole("main").getByRole("article").filter({ has: page.locator('a[href^="/transactions/"]') }).first();
  const amount = await books.locator(".sum").innerText();
  await page.getByLabel(say.searchBoth).fill(amount);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/history\?search$/);
  await expect(page.getByLabel(say.searchBoth)).toHaveValue(amount);
  await expect(page.getByRole("main").locator("mark").filter({ hasText: amount }).first()).toBeVisible();
  expect(await page.content()).not.toContain(`href="/history?search=${amount}`);

  // What was found opens, and the way back is still there.
  await messages(page).first().getByRole("heading", { level: 3 }).getByRole("link").click();
  await expect(page).toHaveURL(/\/messages\//);
  await page.goBack();
  await expect(page.getByLabel(say.searchBoth)).toHaveValue(amount);

  await page.getByRole("button", { name: say.clearSearch }).click();
  await expect(page).toHaveURL(/\/history$/);
  await expect(page.getByRole("main").locator("mark")).toHaveCount(0);
  await page.goto("/history?search");
  await expect(page.getByLabel(say.searchBoth)).toHaveValue("");
});

test("accents, the size of letters and slips are forgiven", async ({ page, say, customers, signIn }) => {
  await signIn(customers.touched);
  for (const typed of ["IPHÓNE", "iphnoe"]) {
    await page.goto("/history?search");
    await page.getByLabel(say.searchBoth).fill(typed);
    await page.getByRole("button", { name: say.search, exact: true }).click();
    await expect(page.getByRole("main").locator("mark").filter({ hasText: /iphone/i }).first()).toBeVisible();
  }
  await expect(page.locator(".found-said")).toContainText(say.comesNear);
});

test("filters say how much they leave, and leave it", async ({ page, say, customers, signIn }) => {
  await signIn(customers.touched);
  const attention = page.getByRole("link", { name: say.needsAttention });
  const count = Number((await attention.innerText()).match(/\d+/)![0]);
  await attention.click();
  await expect(page).toHaveURL(/\?show=flagged#entries$/);
  await expect(page.getByRole("link", { name: say.needsAttention })).toHaveAttribute("aria-current", "true");
  const shown = await page.getByRole("main").locator(".pair").count();
  const copies = await page.getByRole("main").locator(".copies").evaluateAll((all) => all.map((one) => one.querySelectorAll("li").length - 1).reduce((sum, more) => sum + more, 0));
  expect(shown + copies).toBe(count);
  await expect(page.getByRole("link", { name: say.needsAttention })).toContainText(String(count));
  await page.getByRole("link", { name: say.needsAttention }).click();
  await expect(page).toHaveURL(/\/history#entries$/);
});

test("a day is gone to, and the filters stay in view", async ({ page, say, customers, signIn }) => {
  await signIn(customers.untouched);
  await page.getByText(say.narrow).click();
  const day = await page.locator("time.day").nth(30).getAttribute("datetime");
  await page.getByLabel(say.goToDay).fill(day!);
  await page.getByRole("button", { name: say.show, exact: true }).click();
  await expect(page).toHaveURL(new RegExp(`on=${day}`));
  await expect(page.locator("time.day").first()).toHaveAttribute("datetime", day!);
  await page.mouse.wheel(0, 2500);
  await expect(page.getByRole("link", { name: say.needsAttention })).toBeInViewport();
  await page.getByRole("link", { name: say.newest }).click();
  await expect(page).toHaveURL(/\/history#entries$/);
});

test("on paper there is the history and nothing to press", async ({ page, say, customers, signIn }) => {
  await signIn(customers.touched);
  await page.goto("/history?show=flagged");
  await page.emulateMedia({ media: "print" });
  for (const hidden of [".search", ".narrow", ".filters", ".nav", ".who"]) await expect(page.locator(hidden).first()).toBeHidden();
  await expect(page.locator(".status").filter({ hasText: say.unmatched }).first()).toBeVisible();
});
