import { expect, test } from "./fixtures.ts";
import { Operator, SENT_AT } from "./operator.ts";

// What a screen reader has of a page, in its order. After a change that is meant: `end2end/run.sh trees.spec.ts --update-snapshots`,
// and read it aloud.
test("history and message make sense when they are read aloud", async ({ page, signIn, baseURL }) => {
  const operator = new Operator(baseURL!);
  const account = "A-TREE";
  const customer = await operator.customer(account, 0);
  await operator.pay(account, "PMT5550101");
  await operator.tell(account, "PMT5550101");
  await operator.send(account, [["Our new shop", SENT_AT]]);
  await operator.doubt(account);
  await signIn(customer);
  await expect(page.locator("body")).toMatchAriaSnapshot({ name: "history.aria.yml" });
  await page.goto("/messages/M-DOUBT-TREE");
  // It follows from a key that each run makes anew.
  await page.locator(".number").evaluate((number) => (number.textContent = "its number"));
  await expect(page.locator("body")).toMatchAriaSnapshot({ name: "message.aria.yml" });
});
