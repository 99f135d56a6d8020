import { execFileSync } from "node:child_process";
import { expect, type Customer } from "./fixtures.ts";

// An account of each case's own: what comes for it changes no other case's pages.
const PASSWORD = "mallow beside the old weir";
export const SENT_AT = "2026-04-20T18:30:00Z";

export class Operator {
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

  /// A message that nothing vouches for, long enough ago.
  doubt = (account: string) =>
    this.handIn("messages", [{ id: `M-DOUBT-${account.replace("A-", "")}`, account, channel: "email", recipient: "ivy@example.net", sent_at: "2026-04-10T18:30:00Z", subject: "We received your trade-in", text: "Thank you. Your trade-in device arrived on April 10. Reference TRD7755441." }]);

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
