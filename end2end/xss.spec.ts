import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import type { BrowserContext, Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";

// Every case of the corpus is a mail of one customer's, opened as its reader opens it. Nothing of it may run, ask for
// anything, open a window or lead away; and the same watch sees the same cases do all of that where they stand as they came.

type Case = { source: string; html: string };
const { cases }: { cases: Case[] } = JSON.parse(readFileSync(new URL("xss-corpus.json", import.meta.url), "utf8"));

const AS_OF = "2026-04-20T19:00:00Z";
const CUSTOMER = { email: "dana@example.net", password: "larkspur in the long grass" };
/// Frames that are open at once, as many as a browser fills without keeping one waiting.
const FRAMES_AT_ONCE = 40;
/// What runs by itself does so within this, as the cases that stand as they came show.
const SETTLE_MS = 250;
/// Enough of the cases as they came to know that the watch sees.
const RAW_CASES = 400;
/// Cases that are opened on their own page, in each view.
const ON_PAGES = 16;

// Whatever a case asks for, no name but this machine's is ever looked up.
test.use({
  launchOptions: {
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"],
  },
});
test.describe.configure({ mode: "serial", timeout: 120_000 });

let house = "";
let server: ChildProcess;

test.beforeAll(async () => {
  const folder = join(dirname(process.env.END2END_DATA!), "xss");
  const data = join(folder, "data");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(data, { recursive: true });
  const write = (name: string, records: object[]) => writeFileSync(join(folder, name), records.map((record) => `${JSON.stringify(record)}\n`).join(""));
  write("accounts.ndjson", [{ id: "A-1", name: "Dana Whitfield", emails: [CUSTOMER.email], locale: "en-US", time_zone: "America/Los_Angeles" }]);
  write("transactions.ndjson", []);
  write("messages.ndjson", cases.map(({ html }, at) => ({
    id: `X-${at}`, account: "A-1", channel: "email", recipient: CUSTOMER.email, sent_at: "2026-04-10T10:00:00Z", subject: html.slice(0, 200).replace(/[\0]/g, ""), html,
  })));
  writeFileSync(join(folder, "manifest.json"), JSON.stringify({ as_of: AS_OF }));
  const run = (args: string[], input = "") => {
    const { status, stderr } = spawnSync(process.env.END2END_BIN!, [...args, "--data-dir", data], { input, encoding: "utf8" });
    expect(status, stderr).toBe(0);
    return stderr;
  };
  expect(run(["import", folder, "--as-of", AS_OF])).toContain("0 bad lines");
  run(["user", "add", CUSTOMER.email, "--name", "Dana", "--account", "A-1"], `${CUSTOMER.password}\n`);
  const port = await freePort();
  house = `http://127.0.0.1:${port}`;
  server = spawn(process.env.END2END_BIN!, ["serve", "--data-dir", data, "--address", `127.0.0.1:${port}`, "--public-url", house, "--as-of", AS_OF], { stdio: "ignore" });
  await expect.poll(async () => fetch(`${house}/health/ready`).then((answer) => answer.ok, () => false), { timeout: 30_000 }).toBe(true);
});

test.afterAll(async () => {
  server.kill("SIGTERM");
  if (server.exitCode === null) await once(server, "exit");
});

test("nothing in a mail runs, loads, or leads away", async ({ page, context }) => {
  expect(cases.length).toBeGreaterThanOrEqual(300);
  const watch = await Watch.over(page, context);
  await signIn(page);
  // The page that follows the history asks for things of its own.
  await page.goto("about:blank");
  const framed = (at: number) => `/messages/X-${at}/frame`;
  const shown = new Set<string>();
  page.on("response", (answer) => {
    if (answer.status() === 200 && (answer.headers()["content-security-policy"] ?? "").endsWith("; sandbox")) shown.add(new URL(answer.url()).pathname);
  });
  watch.begin([/^\/messages\/X-\d+\/frame$/, /^\/batch\//]);
  // Without `sandbox` here, so that it is the frame's own answer that has to hold.
  await page.route(`${house}/batch/*`, (route) => route.fulfill({ contentType: "text/html", body: batch(Number(route.request().url().split("/").pop()), cases.length, (at) => `<iframe src="${framed(at)}"></iframe>`) }));
  for (let first = 0; first < cases.length; first += FRAMES_AT_ONCE) await openAndTouch(page, `${house}/batch/${first}`);
  expect(watch.seen).toEqual([]);
  expect(shown.size, "each was answered, and shown").toBe(cases.length);
});

test("nor does it on the message's own page, in any view", async ({ page, context }) => {
  const watch = await Watch.over(page, context);
  await signIn(page);
  watch.begin([/^\/messages\/X-\d+(\/frame)?$/, /^\/(pkg|fonts)\//, /^\/favicon/, /^\/history\/live$/, /^\/manifest\.webmanifest$/]);
  const every = Math.floor(cases.length / ON_PAGES);
  for (let at = 0; at < cases.length; at += every) {
    await page.goto(`${house}/messages/X-${at}`);
    await expect(page.locator("iframe")).toHaveAttribute("sandbox", "");
    await page.locator("iframe").click();
    for (const view of ["text", "source"]) await page.goto(`${house}/messages/X-${at}?view=${view}`);
    await expect(page.locator("iframe")).toHaveCount(0);
  }
  await page.waitForTimeout(SETTLE_MS);
  expect(watch.seen).toEqual([]);
});

test("the watch sees the same cases act where they stand as they came", async ({ page, context }) => {
  const watch = await Watch.over(page, context);
  await page.goto(`${house}/sign-in`);
  watch.begin([/^\/raw\//, /^\/batch\//]);
  await page.route(`${house}/raw/*`, (route) => route.fulfill({ contentType: "text/html; charset=utf-8", body: cases[Number(route.request().url().split("/").pop())]?.html ?? "" }));
  // Only the page around them is kept from being led away, so that the next ones can be opened.
  await page.route(`${house}/batch/*`, (route) =>
    route.fulfill({ contentType: "text/html", body: batch(Number(route.request().url().split("/").pop()), RAW_CASES, (at) => `<iframe sandbox="allow-scripts allow-same-origin allow-popups allow-forms allow-modals" src="/raw/${at}"></iframe>`) }));
  for (let first = 0; first < RAW_CASES; first += FRAMES_AT_ONCE) await openAndTouch(page, `${house}/batch/${first}`);
  const kinds = (kind: string) => watch.seen.filter((seen) => seen.startsWith(kind)).length;
  expect(kinds("ran"), "scripts").toBeGreaterThan(60);
  expect(kinds("asked"), "requests").toBeGreaterThan(20);
});

/// Sees whatever a page or a frame in it does besides being there.
class Watch {
  readonly seen: string[] = [];
  private allowed: RegExp[] | undefined;

  static async over(page: Page, context: BrowserContext): Promise<Watch> {
    const watch = new Watch();
    await context.exposeBinding("sawItRun", ({ frame }, what: string) => watch.note("ran", `${what} in ${frame.url()}`));
    await context.addInitScript(() => {
      const saw = (what: string) => (globalThis as unknown as { sawItRun(what: string): void }).sawItRun(what);
      for (const name of ["alert", "confirm", "prompt", "print"]) Object.defineProperty(window, name, { value: () => saw(name) });
    });
    page.on("dialog", (dialog) => (watch.note("ran", `dialog ${dialog.message()}`), void dialog.dismiss().catch(() => {})));
    page.on("pageerror", (error) => watch.note("ran", `error ${error.message}`));
    page.on("download", (download) => watch.note("asked", `download ${download.url()}`));
    page.on("websocket", (socket) => watch.note("asked", socket.url()));
    context.on("page", (other) => (watch.note("opened", other.url()), void other.close().catch(() => {})));
    context.on("request", (request) => watch.weigh("asked", request.url()));
    page.on("framenavigated", (frame) => watch.weigh("led", frame.url()));
    await context.route((url) => house !== "" && url.origin !== house && /^(https?|wss?|ftp):$/.test(url.protocol), (route) => route.abort());
    return watch;
  }

  begin(allowed: RegExp[]) {
    this.allowed = allowed;
    this.seen.length = 0;
  }

  private weigh(what: string, address: string) {
    const url = new URL(address);
    if (url.protocol === "data:" && what === "asked") return;
    if (address === "about:blank") return;
    const isOurs = url.origin === house && this.allowed?.some((path) => path.test(url.pathname));
    if (!isOurs) this.note(what, address.slice(0, 200));
  }

  private note(what: string, which: string) {
    if (this.allowed) this.seen.push(`${what}: ${which}`);
  }
}

function batch(first: number, end: number, frame: (at: number) => string): string {
  const frames = Array.from({ length: Math.max(0, Math.min(FRAMES_AT_ONCE, end - first)) }, (_, at) => frame(first + at));
  return `<!doctype html><title>batch</title><style>iframe{width:120px;height:80px;border:0}</style>${frames.join("")}`;
}

/// Opens frames, moves over each, and presses some.
async function openAndTouch(page: Page, address: string) {
  await page.goto(address, { waitUntil: "load" });
  for (let y = 0; y < 5; y++) {
    for (let x = 0; x < 8; x++) await page.mouse.move(60 + x * 124, 40 + y * 84);
    await page.mouse.click(60, 40 + y * 84);
  }
  await page.waitForTimeout(SETTLE_MS);
}

async function signIn(page: Page) {
  await page.goto(`${house}/sign-in`);
  await page.locator("input[name=sign_in_name]").fill(CUSTOMER.email);
  await page.locator("input[name=password]").fill(CUSTOMER.password);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/history/);
}

async function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer().once("error", fail);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => (typeof address === "object" && address ? done(address.port) : fail(new Error("no port"))));
    });
  });
}
