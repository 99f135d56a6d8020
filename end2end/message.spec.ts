import { expect, messages, test } from "./fixtures.ts";

test("a mail is shown as it looked, as text, and as it was sent", async ({ page, say, openFlagged }) => {
  await openFlagged();
  const views = page.getByRole("navigation", { name: say.howToShow });
  await expect(views.getByRole("link", { name: say.asItLooked })).toHaveAttribute("aria-current", "true");
  const mail = page.frameLocator("iframe");
  await expect(mail.getByText("Confirmation").first()).toBeVisible();
  await expect(mail.getByText("[click.larkspur-tradein.example]")).toBeVisible();
  await expect(mail.locator(".picture", { hasText: "Larkspur Trade-In Center" })).toBeVisible();
  expect(await mail.locator("a, img, script, form").count()).toBe(0);

  await views.getByRole("link", { name: say.text, exact: true }).click();
  await expect(page.locator("iframe")).toHaveCount(0);
  await expect(page.locator(".sent-text")).toContainText("Larkspur Trade-In Center");

  await views.getByRole("link", { name: say.source }).click();
  await expect(views.getByRole("link", { name: say.source })).toHaveAttribute("aria-current", "true");
  await expect(page.getByRole("region", { name: say.itsHtml })).toContainText("<!DOCTYPE html>");
});

test("the frame's own address leads to the message's page", async ({ page, openFlagged }) => {
  await openFlagged();
  const message = new URL(page.url()).pathname;
  await page.goto(`${message}/frame`);
  await expect(page).toHaveURL(new RegExp(`${message}$`));
});

test("how far a message came", async ({ page, say, customers, signIn }) => {
  await signIn(customers.untouched);
  await messages(page).filter({ hasText: say.matched }).getByRole("heading", { level: 3 }).getByRole("link").first().click();
  const trail = page.getByRole("region", { name: say.onItsWay });
  await expect(trail.getByRole("listitem").first()).toContainText(say.sent);
});
