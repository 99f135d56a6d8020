import { test as base, expect, type Locator, type Page } from "@playwright/test";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { words, type Words } from "./words.ts";

export type Customer = { email: string; password: string };
type Customers = { touched: Customer; untouched: Customer; agent: Customer; supervisor: Customer; auditor: Customer; newcomers: string[] };

type Fixtures = {
  say: Words;
  customers: Customers;
  signIn: (customer: Customer) => Promise<void>;
  openFlagged: () => Promise<void>;
  atDesk: (staff: Customer) => Promise<void>;
  lookUp: (typed: string, reason: string) => Promise<void>;
  atAudit: () => Promise<void>;
  newcomer: string;
  askLink: (email: string) => Promise<void>;
  mailedLink: (email: string) => Promise<string>;
};

export const test = base.extend<Fixtures>({
  say: async ({ locale }, use) => use(locale?.startsWith("es") ? words.es : words.en),

  customers: async ({}, use) => use(JSON.parse(readFileSync(join(process.env.END2END_DATA!, "sign-ins.json"), "utf8"))),

  signIn: async ({ page, say }, use) =>
    use(async (customer) => {
      await page.goto("/sign-in");
      await fillSignIn(page, say, customer);
      await expect(heading(page, say.history)).toBeVisible();
    }),

  // Of each project another: a newer link ends the one before it.
  newcomer: async ({ customers }, use, info) => use(customers.newcomers[info.config.projects.findIndex(({ name }) => name === info.project.name)]),

  askLink: async ({ page, say }, use) =>
    use(async (email) => {
      await page.goto("/welcome");
      await speak(page, say);
      await page.goto("/welcome");
      await page.getByLabel(say.yourEmail).fill(email);
      await page.getByRole("button", { name: say.sendLink }).click();
      await expect(heading(page, say.lookInMail)).toBeVisible();
    }),

  mailedLink: async ({ askLink }, use) =>
    use(async (email) => {
      const folder = join(process.env.END2END_DATA!, "mail");
      const links = () =>
        (existsSync(folder) ? readdirSync(folder) : [])
          .filter((name) => name.endsWith(".eml"))
          .map((name) => readFileSync(join(folder, name), "utf8"))
          .filter((mail) => mail.includes(`To: ${email}`))
          .flatMap((mail) => mail.match(/\/welcome\/[0-9a-z]{32}/) ?? []);
      const before = links();
      await askLink(email);
      const fresh = () => links().filter((link) => !before.includes(link));
      await expect.poll(() => fresh().length).toBe(1);
      return fresh()[0];
    }),

  openFlagged: async ({ page, say, customers, signIn }, use) =>
    use(async () => {
      await signIn(customers.touched);
      await page.getByRole("link", { name: say.needsAttention }).click();
      await page.getByRole("main").getByRole("listitem").filter({ hasText: say.foreignDevice }).getByRole("heading", { level: 3 }).getByRole("link").first().click();
      await expect(page).toHaveURL(/\/messages\//);
    }),

  atDesk: async ({ page, say }, use) =>
    use(async (staff) => {
      await page.goto("/sign-in");
      await fillSignIn(page, say, staff);
      await expect(heading(page, say.findAccount)).toBeVisible();
    }),

  lookUp: async ({ page, say }, use) =>
    use(async (typed, reason) => {
      await page.getByLabel(say.whoseAccount).fill(typed);
      await page.getByLabel(say.whyYouLook).fill(reason);
      await page.getByRole("button", { name: say.openAccount }).click();
    }),

  atAudit: async ({ page, say, customers }, use) =>
    use(async () => {
      await page.goto("/sign-in");
      await fillSignIn(page, say, customers.auditor);
      await expect(page.getByRole("heading", { name: say.auditLog, level: 1 })).toBeVisible();
    }),
});

export { expect };

/// Signed in, a page speaks its customer's language, unless another was chosen.
export const speak = (page: Page, say: Words) =>
  page.context().addCookies([{ name: "language", value: say === words.es ? "es" : "en", url: page.url() }]);

export async function fillSignIn(page: Page, say: Words, customer: Customer) {
  await speak(page, say);
  await page.getByLabel(say.signInName).fill(customer.email);
  await page.getByLabel(say.password, { exact: true }).fill(customer.password);
  await page.getByRole("button", { name: say.signIn, exact: true }).click();
}

export const heading = (page: Page, name: string | RegExp): Locator => page.getByRole("heading", { name });

/// The counterfoil number of the message that is open.
export const shownNumber = (page: Page): Promise<string> => page.locator(".number").innerText();

/// What was sent, each beside its own status.
export const messages = (page: Page): Locator => page.getByRole("main").getByRole("article").filter({ has: page.locator('a[href*="/messages/"]') });
