import AxeBuilder from "@axe-core/playwright";
import { join } from "node:path";
import type { Page, TestInfo } from "@playwright/test";
import type { Words } from "./words.ts";
import { expect, fillSignIn, heading, messages, shownNumber, speak, test } from "./fixtures.ts";

// What the message that is open says, as text.
async function sentText(page: Page): Promise<string> {
  await page.goto(`${new URL(page.url()).pathname}?view=text`);
  return page.locator(".sent-text").innerText();
}

const NARROW = { width: 320, height: 640 };

test("signing in", async ({ page, say }, info) => {
  await page.goto("/sign-in");
  await expect(heading(page, say.signIn)).toBeVisible();
  await stands(page, info, "sign-in");
});

test("signing in, refused", async ({ page, say }, info) => {
  await page.goto("/sign-in");
  await fillSignIn(page, say, { email: "nobody@example.invalid", password: "not-the-password" });
  await expect(page.getByRole("alert")).toBeVisible();
  await stands(page, info, "sign-in-refused");
});

test("signing in, too often", async ({ page, say }, info) => {
  await page.goto("/sign-in");
  await speak(page, say);
  await page.goto("/sign-in?__err=soon");
  await expect(page.getByRole("alert")).toContainText(say.tooMany);
  await stands(page, info, "sign-in-too-often");
});

test("asking for a link", async ({ page, say }, info) => {
  await page.goto("/sign-in");
  await speak(page, say);
  await page.goto("/sign-in");
  await page.getByRole("link", { name: say.haveLink }).click();
  await expect(heading(page, say.setPassword)).toBeVisible();
  await stands(page, info, "welcome");
});

test("a link was asked for", async ({ page, askLink }, info) => {
  await askLink("nobody@example.invalid");
  await stands(page, info, "welcome-sent");
});

test("choosing a password", async ({ page, say, newcomer, mailedLink, javaScriptEnabled }, info) => {
  await page.goto(await mailedLink(newcomer));
  await expect(heading(page, say.choosePassword)).toBeVisible();
  expect(new URL(page.url()).pathname).toBe("/new-password");
  await stands(page, info, "new-password");
  await page.setViewportSize(info.project.use.viewport!);
  await page.getByLabel(say.newPassword, { exact: true }).fill("too short");
  await page.getByRole("button", { name: say.setAndSignIn }).click();
  await expect(page.locator(".field-error")).toContainText(say.tooShort);
  await stands(page, info, "new-password-short");
  await page.getByLabel(say.newPassword, { exact: true }).fill("mallow beside the old weir");
  if (javaScriptEnabled !== false) {
    await page.getByRole("button", { name: say.showPassword }).click();
    await expect(page.getByLabel(say.newPassword, { exact: true })).toHaveAttribute("type", "text");
  }
  await page.getByRole("button", { name: say.setAndSignIn }).click();
  await expect(heading(page, say.history)).toBeVisible();
});

test("a link that works no longer", async ({ page, say }, info) => {
  await page.goto("/new-password");
  await speak(page, say);
  await page.goto(`/welcome/${"0".repeat(32)}`);
  await expect(heading(page, say.linkGone)).toBeVisible();
  await stands(page, info, "link-gone");
});

test("signed out", async ({ page, say, customers, signIn }, info) => {
  await signIn(customers.untouched);
  await page.getByRole("button", { name: say.signOut }).click();
  await expect(heading(page, say.signedOut)).toBeVisible();
  await stands(page, info, "signed-out");
});

test("history", async ({ page, customers, signIn }, info) => {
  await signIn(customers.touched);
  await stands(page, info, "history");
});

test("history, what needs attention", async ({ page, say, customers, signIn }, info) => {
  await signIn(customers.touched);
  await page.goto("/history?show=flagged");
  await expect(messages(page).filter({ hasText: say.unmatched }).first()).toBeVisible();
  await stands(page, info, "history-flagged");
});

test("history, nothing flagged", async ({ page, say, customers, signIn }, info) => {
  await signIn(customers.untouched);
  await page.goto("/history?show=flagged");
  await expect(heading(page, say.nothingFlagged)).toBeVisible();
  await stands(page, info, "history-none-flagged");
});

test("history, what was found", async ({ page, say, customers, signIn }, info) => {
  await signIn(customers.touched);
  await page.getByLabel(say.searchBoth).fill("iphone");
  await page.getByRole("button", { name: say.search, exact: true }).click();
  await expect(page.locator("mark").first()).toBeVisible();
  await stands(page, info, "history-found");
});

test("history, nothing found", async ({ page, say, customers, signIn }, info) => {
  await signIn(customers.touched);
  await page.getByLabel(say.searchBoth).fill("zeppelin");
  await page.getByRole("button", { name: say.search, exact: true }).click();
  await expect(heading(page, say.nothingHasIt)).toBeVisible();
  await stands(page, info, "history-found-nothing");
});

test("history, with the form open", async ({ page, say, customers, signIn }, info) => {
  await signIn(customers.touched);
  await page.goto("/history?show=flagged&verdict=unmatched");
  await expect(page.getByLabel(say.goToDay)).toBeVisible();
  await stands(page, info, "history-open");
});

test("history, from a day on", async ({ page, customers, signIn }, info) => {
  await signIn(customers.untouched);
  await page.goto("/history?on=2026-03-30");
  await expect(messages(page).first()).toBeVisible();
  await stands(page, info, "history-day");
});

test("a flagged message", async ({ page, say, openFlagged }, info) => {
  await openFlagged();
  await expect(heading(page, say.howWeChecked)).toBeVisible();
  await stands(page, info, "message-flagged");
});

for (const view of ["text", "source"]) {
  test(`a flagged message, its ${view}`, async ({ page, say, openFlagged }, info) => {
    await openFlagged();
    await page.getByRole("navigation", { name: say.howToShow }).getByRole("link", { name: view === "text" ? say.text : say.source, exact: true }).click();
    await expect(page.locator("iframe")).toHaveCount(0);
    await stands(page, info, `message-${view}`);
  });
}

test("a message that matches", async ({ page, say, customers, signIn }, info) => {
  await signIn(customers.untouched);
  await messages(page).filter({ hasText: say.matched }).getByRole("heading", { level: 3 }).getByRole("link").first().click();
  await expect(heading(page, say.matched)).toBeVisible();
  await stands(page, info, "message-matched");
});

test("who looked, nobody", async ({ page, say, customers, signIn }, info) => {
  await signIn(customers.untouched);
  await page.getByRole("navigation").getByRole("link", { name: say.whoLooked }).click();
  await expect(heading(page, say.nobodyLooked)).toBeVisible();
  await stands(page, info, "lookups-none");
});

test("who looked", async ({ page, say, customers, atDesk, lookUp, signIn }, info) => {
  await atDesk(customers.supervisor);
  await lookUp(customers.touched.email, "Asks whether a message is genuine");
  await page.context().clearCookies();
  await signIn(customers.touched);
  await page.goto("/settings/lookups");
  await expect(page.getByRole("main").getByRole("listitem").first()).toBeVisible();
  await stands(page, info, "lookups");
});

test("the desk", async ({ page, customers, atDesk }, info) => {
  await atDesk(customers.agent);
  await stands(page, info, "desk");
});

test("the desk, nothing found", async ({ page, say, customers, atDesk, lookUp }, info) => {
  await atDesk(customers.agent);
  await lookUp(customers.touched.email, "a call");
  await expect(page.getByText(say.reasonShort)).toBeVisible();
  await stands(page, info, "desk-refused");
});

test("an account at the desk", async ({ page, say, customers, atDesk, lookUp }, info) => {
  await atDesk(customers.agent);
  await lookUp(customers.touched.email, "Asks about a trade-in message of last week");
  await expect(heading(page, say.theySee)).toBeVisible();
  await stands(page, info, "desk-account");
});

test("a message at the desk", async ({ page, say, customers, atDesk, lookUp }, info) => {
  await atDesk(customers.agent);
  await lookUp(customers.touched.email, "Asks about a trade-in message of last week");
  await messages(page).filter({ hasText: say.unmatched }).getByRole("heading", { level: 3 }).getByRole("link").first().click();
  await expect(heading(page, say.howWeChecked)).toBeVisible();
  await stands(page, info, "desk-message");
});

test("a lookup that has closed", async ({ page, say, customers, atDesk }, info) => {
  await atDesk(customers.agent);
  const answer = await page.goto(`/desk/accounts/${"0".repeat(32)}`);
  expect(answer?.status()).toBe(410);
  await expect(heading(page, say.lookupClosed)).toBeVisible();
  await stands(page, info, "desk-closed");
});

test("devices and sessions", async ({ page, say, customers, signIn }, info) => {
  await signIn(customers.touched);
  // Not by a place on the page: what is new may come in above while it is aimed at.
  await page.getByRole("contentinfo").getByRole("link", { name: say.sessions }).press("Enter");
  await expect(heading(page, say.sessions)).toBeVisible();
  await expect(page.getByText(say.thisDevice)).toBeVisible();
  await stands(page, info, "sessions");
});

test("devices and sessions, at the desk", async ({ page, say, customers, atDesk }, info) => {
  await atDesk(customers.supervisor);
  await page.goto("/settings/security");
  await expect(page.getByText(say.thisDevice)).toBeVisible();
  await stands(page, info, "sessions-desk");
});

test("the password again", async ({ page, say, customers, signIn }, info) => {
  await signIn(customers.touched);
  await page.goto("/settings/security/password");
  await expect(heading(page, say.confirmIt)).toBeVisible();
  await stands(page, info, "confirm");
});

test("the password again, refused", async ({ page, say, customers, signIn }, info) => {
  await signIn(customers.touched);
  await page.goto("/settings/security/password");
  await page.getByLabel(say.password, { exact: true }).fill("not-the-password");
  await page.getByRole("button", { name: say.goOn }).click();
  await expect(page.getByRole("alert")).toContainText(say.notYourPassword);
  await stands(page, info, "confirm-refused");
});

test("another password", async ({ page, say, customers, signIn }, info) => {
  await signIn(customers.touched);
  await page.goto("/settings/security/password");
  await page.getByLabel(say.password, { exact: true }).fill(customers.touched.password);
  await page.getByRole("button", { name: say.goOn }).click();
  await expect(heading(page, say.changePassword)).toBeVisible();
  await page.getByLabel(say.newPassword, { exact: true }).fill("a kettle on the window sill");
  await page.getByLabel(say.newPasswordAgain, { exact: true }).fill("a kettle on the window still");
  await page.getByRole("button", { name: say.changePassword }).click();
  await expect(page.getByRole("alert")).toContainText(say.notTheSame);
  await stands(page, info, "password");
});

test("the whole numbers of devices", async ({ page, say, customers, signIn }, info) => {
  await signIn(customers.untouched);
  await page.goto("/account");
  await expect(page.getByText(/IMEI ••••\d{4}/).first()).toBeVisible();
  await page.getByRole("link", { name: say.wholeNumbers }).click();
  await page.getByLabel(say.password, { exact: true }).fill(customers.untouched.password);
  await page.getByRole("button", { name: say.goOn }).click();
  await expect(page.getByText(/IMEI \d{2}\s\d{6}\s\d{6}\s\d/).first()).toBeVisible();
  await expect(page.getByRole("link", { name: say.wholeNumbers })).toBeHidden();
  await stands(page, info, "account-whole");
});

test("taking everything along", async ({ page, say, customers, signIn }, info) => {
  await signIn(customers.touched);
  await page.goto("/export");
  await page.getByLabel(say.password, { exact: true }).fill(customers.touched.password);
  await page.getByRole("button", { name: say.goOn }).click();
  await expect(heading(page, say.takeAlong)).toBeVisible();
  await stands(page, info, "export");
});

test("a statement", async ({ page, say, customers, signIn }, info) => {
  await signIn(customers.touched);
  await page.goto("/statement");
  await expect(heading(page, say.makeStatement)).toBeVisible();
  await stands(page, info, "statement-form");
  await page.setViewportSize(info.project.use.viewport!);
  await page.goto("/statement?from=2026-03-01&to=2026-04-30&show=all");
  await page.getByLabel(say.password, { exact: true }).fill(customers.touched.password);
  await page.getByRole("button", { name: say.goOn }).click();
  await expect(heading(page, say.statement)).toBeVisible();
  await stands(page, info, "statement");
});

test("settings", async ({ page, say, customers, signIn }, info) => {
  await signIn(customers.touched);
  await page.goto("/settings");
  await expect(page.getByRole("heading", { name: say.settings, level: 1 })).toBeVisible();
  await stands(page, info, "settings");
});

test("what is on the account", async ({ page, say, customers, signIn }, info) => {
  await signIn(customers.untouched);
  await page.goto("/account");
  await expect(heading(page, say.account)).toBeVisible();
  await expect(page.getByRole("region", { name: say.openNow }).getByRole("heading", { name: say.order })).toBeVisible();
  await stands(page, info, "account");
});

test("a transaction", async ({ page, say, customers, signIn }, info) => {
  await signIn(customers.touched);
  await page.goto("/history?kind=payment.received");
  await page.locator('a[href^="/transactions/"]').first().click();
  await expect(heading(page, say.toldAboutIt)).toBeVisible();
  await stands(page, info, "transaction");
});

test("a transaction of which nobody was told", async ({ page, customers, signIn }, info) => {
  await signIn(customers.touched);
  await page.goto("/history?show=flagged&kind=sim.changed");
  await page.locator('a[href^="/transactions/"]').first().click();
  await stands(page, info, "transaction-untold");
});

test("the audit log", async ({ page, say, customers, atDesk, lookUp, atAudit }, info) => {
  await atDesk(customers.agent);
  await lookUp(customers.touched.email, "Asks about a trade-in message");
  await expect(heading(page, say.theySee)).toBeVisible();
  await page.context().clearCookies();
  await atAudit();
  await expect(heading(page, say.accountOpened).first()).toBeVisible();
  await stands(page, info, "audit");
});

test("the audit log, where nothing is found", async ({ page, say, atAudit }, info) => {
  await atAudit();
  await page.getByLabel(say.accountNumber).fill("LK-nobody");
  await page.getByRole("button", { name: say.search }).click();
  await expect(heading(page, say.noEntry)).toBeVisible();
  await expect(page.getByLabel(say.accountNumber)).toHaveValue("LK-nobody");
  expect(page.url()).toMatch(/\/desk\/audit$/);
  await stands(page, info, "audit-nothing");
});

test("who saw what", async ({ page, say, customers, atDesk, lookUp }, info) => {
  await atDesk(customers.supervisor);
  await lookUp(customers.touched.email, "Asks about a trade-in message");
  await expect(heading(page, say.theySee)).toBeVisible();
  await page.getByRole("navigation").getByRole("link", { name: say.whoSawWhat }).click();
  await page.getByLabel(say.whoseCredential).fill(customers.supervisor.email);
  await page.getByRole("button", { name: say.showAccounts }).click();
  await expect(heading(page, say.accountsSeen)).toBeVisible();
  await stands(page, info, "seen");
});

test("a page for another role", async ({ page, say, customers, atDesk }, info) => {
  await atDesk(customers.agent);
  const answer = await page.goto("/desk/audit");
  expect(answer?.status()).toBe(403);
  await expect(heading(page, say.notYourRole)).toBeVisible();
  await stands(page, info, "not-your-role");
});

test("checking a message", async ({ page, say }, info) => {
  await page.goto("/check");
  await speak(page, say);
  await page.goto("/check");
  await expect(heading(page, say.checkMessage)).toBeVisible();
  await stands(page, info, "check");
});

test("checking a message that we sent", async ({ page, say, openFlagged }, info) => {
  await openFlagged();
  await page.getByText(say.qr).click();
  await expect(page.getByRole("img", { name: await shownNumber(page) })).toBeVisible();
  await page.goto(`/check?n=${await shownNumber(page)}`);
  await expect(heading(page, say.weSentIt)).toBeVisible();
  await stands(page, info, "check-sent");
});

test("checking a number that is no message's", async ({ page, say }, info) => {
  await page.goto("/check");
  await speak(page, say);
  await page.goto("/check?n=0000-0000-0000");
  await expect(heading(page, say.noSuchNumber)).toBeVisible();
  await stands(page, info, "check-unknown");
});

test("reports", async ({ page, say, customers, signIn }, info) => {
  await signIn(customers.touched);
  await page.getByRole("navigation").getByRole("link", { name: say.reports }).click();
  await expect(heading(page, say.yourReports)).toBeVisible();
  await stands(page, info, "reports");
});

test("a report that says what to do at once", async ({ page, say, customers, signIn }, info) => {
  await signIn(customers.touched);
  await page.goto("/reports");
  await page.getByRole("listitem").filter({ hasText: say.simChanged }).getByRole("link").first().click();
  await expect(heading(page, say.doThisNow)).toBeVisible();
  await stands(page, info, "report-security");
});

test("reporting a message", async ({ page, say, openFlagged }, info) => {
  await openFlagged();
  await page.goto(`${new URL(page.url()).pathname}/report?this=not_me`);
  await expect(heading(page, say.notMe)).toBeVisible();
  await stands(page, info, "report-form");
});

test("a transaction, and whether it was them", async ({ page, say, customers, signIn }, info) => {
  await signIn(customers.untouched);
  await page.goto("/history?kind=payment.received");
  await page.locator('main a[href^="/transactions/"]').first().click();
  await expect(page.getByRole("link", { name: say.notMe })).toBeVisible();
  await stands(page, info, "transaction-offer");
});

test("the reports that wait for the desk", async ({ page, say, customers, atDesk }, info) => {
  await atDesk(customers.agent);
  await page.getByRole("navigation").getByRole("link", { name: say.reports }).click();
  await expect(page.locator(".queue")).toContainText(say.simChanged);
  await stands(page, info, "desk-reports");
  await page.setViewportSize(info.project.use.viewport!);
  await page.locator(".queue").getByRole("button").first().click();
  await expect(page.getByRole("textbox", { name: say.yourAnswer })).toBeVisible();
  await stands(page, info, "desk-report");
});

test("how records are handed in", async ({ page, say }, info) => {
  await page.goto("/v1");
  await speak(page, say);
  await page.goto("/v1");
  await expect(heading(page, say.handingIn)).toBeVisible();
  await stands(page, info, "v1");
});

test("the front page", async ({ page, say }, info) => {
  await page.goto("/sign-in");
  await speak(page, say);
  await page.goto("/");
  await expect(heading(page, say.didWeSend)).toBeVisible();
  await expect(heading(page, say.incidentTitle)).toBeVisible();
  await expect(heading(page, say.publicRecord)).toBeVisible();
  await stands(page, info, "front");
});

test("what was published", async ({ page, say }, info) => {
  await page.goto("/sign-in");
  await speak(page, say);
  await page.goto("/incidents");
  await expect(heading(page, say.incidents)).toBeVisible();
  await stands(page, info, "incidents");
  await page.setViewportSize(info.project.use.viewport!);
  await heading(page, say.incidentTitle).getByRole("link").click();
  await expect(heading(page, say.whatToDo)).toBeVisible();
  await stands(page, info, "incident");
});

test("an incident, to whom it touched", async ({ page, say, customers, signIn }, info) => {
  await signIn(customers.touched);
  await page.goto("/incidents/trade-in-confirmations");
  await expect(heading(page, say.whatToDo)).toBeVisible();
  await stands(page, info, "incident-touched");
});

test("checking a text that we sent by mistake, and one that was changed", async ({ page, say, openFlagged }, info) => {
  await openFlagged();
  await expect(page.getByText(say.byMistake)).toBeVisible();
  const text = await sentText(page);
  await handIn(page, say, text);
  await expect(heading(page, say.byMistake)).toBeVisible();
  expect(page.url()).toMatch(/\/check\/message$/);
  await stands(page, info, "held-mistake");
  await page.setViewportSize(info.project.use.viewport!);
  await handIn(page, say, `${text.replace(/IMEI \d+/, "IMEI 350000000000006")}\n\nhttps://larkspur-login.test/confirm`);
  await expect(heading(page, say.likeButChanged)).toBeVisible();
  await expect(page.getByText("larkspur-login.test")).toBeVisible();
  await stands(page, info, "held-changed");
});

test("checking a text that we sent", async ({ page, say, customers, signIn }, info) => {
  await signIn(customers.untouched);
  await page.goto("/history?kind=payment.received");
  await messages(page).getByRole("heading", { level: 3 }).getByRole("link").last().click();
  await handIn(page, say, await sentText(page));
  await expect(heading(page, say.weSentYou)).toBeVisible();
  await stands(page, info, "held-same");
});

test("checking a text of which there is no record", async ({ page, say, customers, signIn }, info) => {
  await signIn(customers.touched);
  await handIn(page, say, STRANGE);
  await expect(heading(page, say.noRecord)).toBeVisible();
  await stands(page, info, "held-unknown");
});

test("checking a text without an account", async ({ page, say, openFlagged }, info) => {
  await openFlagged();
  const text = await sentText(page);
  await page.context().clearCookies();
  await page.goto("/check");
  await speak(page, say);
  await handIn(page, say, text);
  await expect(heading(page, say.likeAnIncident)).toBeVisible();
  await stands(page, info, "held-incident");
  await page.setViewportSize(info.project.use.viewport!);
  await handIn(page, say, STRANGE);
  await expect(heading(page, say.noIncident)).toBeVisible();
  await stands(page, info, "held-stranger");
});

test("checking a mail's file, and nothing", async ({ page, say, customers, signIn }, info) => {
  await signIn(customers.touched);
  await page.goto("/check");
  await page.getByRole("button", { name: say.compare }).click();
  await expect(page.getByText(say.pasteOrChoose)).toBeVisible();
  await stands(page, info, "held-nothing");
  await page.setViewportSize(info.project.use.viewport!);
  const mail = `From: parcels@example.com\r\nSubject: Your parcel\r\nContent-Type: text/plain\r\n\r\n${STRANGE}\r\n`;
  await page.getByLabel(say.mailFile).setInputFiles({ name: "mail.eml", mimeType: "message/rfc822", buffer: Buffer.from(mail) });
  await page.getByRole("button", { name: say.compare }).click();
  await expect(heading(page, say.noRecord)).toBeVisible();
  await stands(page, info, "held-mail");
});

test("nothing at this address", async ({ page, say }, info) => {
  const answer = await page.goto("/there/is/nothing/here");
  expect(answer?.status()).toBe(404);
  await expect(heading(page, say.notFound)).toBeVisible();
  await stands(page, info, "not-found");
});

const STRANGE = "Your parcel is waiting for you. Pay the customs fee of 2.99 within a day, or it goes back to its sender.";

/// Pastes a text where messages are checked.
async function handIn(page: Page, say: Words, text: string) {
  await page.goto("/check");
  await page.getByLabel(say.pasteIt).fill(text);
  await page.getByRole("button", { name: say.compare }).click();
}

/// Holds a page to what every page owes, and leaves a picture of it in results/pages.
async function stands(page: Page, info: TestInfo, name: string) {
  const spanish = info.project.use.locale?.startsWith("es");
  await expect(page.locator("html")).toHaveAttribute("lang", spanish ? "es" : "en");
  await page.screenshot({ path: join(info.project.testDir, "results", "pages", info.project.name, `${name}.png`), fullPage: true });
  expect(await sidewaysScroll(page), "scrolls sideways").toBe(0);

  const { violations } = await audit(page, info);
  expect(violations.map(({ id, help, nodes }) => ({ id, help, where: nodes.map((node) => node.target.join(" ")) }))).toEqual([]);

  await page.setViewportSize(NARROW);
  expect(await sidewaysScroll(page), `scrolls sideways at ${NARROW.width} px`).toBe(0);
}

/// axe is itself a script: where the page, or a frame in it, runs without, it reads a copy of what they became.
async function audit(page: Page, info: TestInfo) {
  const frames = await page.locator("iframe").count();
  // Legacy mode opens no second page to gather what frames found.
  if (info.project.use.javaScriptEnabled !== false && frames === 0) return new AxeBuilder({ page }).setLegacyMode().analyze();
  const body = (await page.content()).replace(/<script\b.*?<\/script>/gs, "").replace(/<\/?noscript>/g, "").replaceAll(' sandbox=""', "");
  const { colorScheme } = info.project.use;
  const scripted = await page.context().browser()!.newContext({ javaScriptEnabled: true, viewport: page.viewportSize(), colorScheme });
  const copy = await scripted.newPage();
  await copy.route(page.url().split("#")[0], (route) => route.fulfill({ body, contentType: "text/html; charset=utf-8" }));
  if (frames > 0) {
    const mail = await (await page.request.get((await page.locator("iframe").getAttribute("src"))!)).text();
    await copy.route("**/frame", (route) => route.fulfill({ body: mail, contentType: "text/html; charset=utf-8" }));
  }
  await copy.goto(page.url());
  const findings = await new AxeBuilder({ page: copy }).setLegacyMode(frames === 0).analyze();
  await scripted.close();
  return findings;
}

const sidewaysScroll = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
