import { execFileSync } from "node:child_process";
import type { Page } from "@playwright/test";
import { expect, heading, messages, test, type Customer } from "./fixtures.ts";

// An account of each case's own: what comes for it changes no other case's pages.
const PASSWORD = "mallow beside the old weir";
const SENT_AT = "2026-04-20T18:30:00Z";

class Operator {
  private key = counterfoil(["key", "add", "end2end"]).trim();

  constructor(private origin: string) {}

  /// Somebody with an account that has this many messages.
  async customer(id: string, count: number): Promise<Customer> {
    await this.handIn("accounts", [{ id, name: "Ivy Larkin", phones: ["+12065550188"], time_zone: "America/Los_Angeles" }]);
    await this.send(id, Array.from({ length: count }, (_, place) => [`Notice ${place}`, new Date(Date.parse("2026-04-01T10:00:00Z") + place * 3_600_000).toISOString()]));
    const email = `${id.toLowerCase()}@example.net`;
    counterfoil(["user", "add", email, "--name", "Ivy Larkin", "--account", id], `${PASSWORD}\n`);
    return { email, password: PASSWORD };
  }

  send = (account: string, sent: string[][]) =>
    this.handIn("messages", sent.map(([subject, sent_at]) => ({ id: `M-${account}-${subject.replaceAll(" ", "-")}`, account, channel: "email", recipient: "ivy@example.net", sent_at, subject, text: `${subject}: our shop is open till nine.` })));

  pay = (account: string, reference: string) =>
    this.handIn("transactions", [{ id: `T-${reference}`, account, kind: "payment.received", occurred_at: SENT_AT, recorded_at: SENT_AT, references: [reference], amount: { value: "40.00", currency: "USD" } }]);

  tell = (account: string, reference: string) =>
    this.handIn("messages", [{ id: `M-${reference}`, account, channel: "sms", recipient: "+12065550188", sent_at: SENT_AT, text: `We received your payment of $40.00. Reference ${reference}. Thank you.` }]);

  private async handIn(kind: string, records: object[]) {
    const answer = await fetch(`${this.origin}/v1/${kind}`, {
      method: "POST",
      headers: { authorization: `Bearer ${this.key}`, "content-type": "application/x-ndjson" },
      body: records.map((record) => JSON.stringify(record)).join("\n"),
    });
    const said = await answer.text();
    expect(said, said).not.toContain("refused");
    expect(answer.status, said).toBe(200);
  }
}

function counterfoil(args: string[], input = ""): string {
  return execFileSync(process.env.END2END_BIN!, args, { input, encoding: "utf8", stdio: ["pipe", "pipe", "pipe"], env: { ...process.env, COUNTERFOIL_DATA_DIR: process.env.END2END_DATA } });
}

// The stream is open, and whoever looks is at rest.
async function follows(page: Page) {
  await page.waitForFunction(() => performance.getEntriesByType("resource").some(({ name }) => name.endsWith(".wasm")));
  await page.waitForTimeout(300);
}

const said = (page: Page) => page.getByRole("status");

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
