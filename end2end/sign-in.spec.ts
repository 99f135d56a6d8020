import { expect, fillSignIn, heading, test } from "./fixtures.ts";

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

test("a wrong password and an unknown name are refused alike, and the address keeps neither", async ({ page, say, customers }) => {
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
  const unknownName = await refusal("nobody@example.invalid", "not-the-password");
  expect(unknownName).toBe(wrongPassword);

  await page.goto("/history");
  await expect(heading(page, say.history)).toBeHidden();
});
