import { expect, fillSignIn, heading, test } from "./fixtures.ts";
import { words } from "./words.ts";

test("a customer signs in, and out again", async ({ page, say, customers, signIn }) => {
  await signIn(customers.touched);
  await page.getByRole("button", { name: say.signOut }).click();
  await expect(heading(page, say.signedOut)).toBeVisible();

  await page.goto("/history");
  await expect(page.getByRole("button", { name: say.signIn, exact: true })).toBeVisible();
  await expect(heading(page, say.history)).toBeHidden();
});

test("the back button shows nothing after signing out", async ({ page, say, customers, signIn }) => {
  await signIn(customers.touched);
  await page.getByRole("button", { name: say.signOut }).click();
  await expect(heading(page, say.signedOut)).toBeVisible();
  await page.goBack();
  await expect(heading(page, say.history)).toBeHidden();
});

test("a wrong password and an unknown name are refused alike, and the address keeps neither", async ({ page, say, customers }, info) => {
  const refusal = async (email: string, password: string) => {
    await page.goto("/sign-in");
    await fillSignIn(page, say, { email, password });
    await expect(page.getByRole("alert")).toContainText(say.refused);
    expect(page.url()).not.toContain(email);
    expect(decodeURIComponent(page.url())).not.toContain(email);
    expect(page.url()).not.toContain(password);
    await expect(page.getByLabel(say.password, { exact: true })).toHaveValue("");
    return page.getByRole("alert").innerText();
  };
  const wrongPassword = await refusal(customers.touched.email, "not-the-password");
  // One of each browser: after some wrong tries none is looked at for a while, whoever they are for.
  const unknownName = await refusal(`nobody-${info.project.name}@example.invalid`, "not-the-password");
  expect(unknownName).toBe(wrongPassword);

  await page.goto("/history");
  await expect(heading(page, say.history)).toBeHidden();
});

test("the password can be looked at where scripts run, and elsewhere nothing offers it", async ({ page, say, javaScriptEnabled }) => {
  await page.goto("/sign-in");
  const password = page.getByLabel(say.password, { exact: true });
  const show = page.getByRole("button", { name: say.showPassword });
  await password.fill("what was typed");
  if (javaScriptEnabled === false) {
    await expect(show).toBeHidden();
    return;
  }
  await show.click();
  await expect(password).toHaveAttribute("type", "text");
  await expect(password).toHaveValue("what was typed");
  await show.click();
  await expect(password).toHaveAttribute("type", "password");
});

test("the other language is one press away, and stays", async ({ page, say }) => {
  const other = say === words.en ? words.es : words.en;
  await page.goto("/sign-in");
  await page.getByRole("button", { name: say.otherLanguage }).click();
  await expect(heading(page, other.signIn)).toBeVisible();
  await page.goto("/");
  await expect(page.locator("html")).toHaveAttribute("lang", say === words.en ? "es" : "en");
});
