import { defineConfig, devices } from "@playwright/test";
import { rmSync } from "node:fs";
import { createServer } from "node:net";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const target = resolve(here, "..", process.env.CARGO_TARGET_DIR ?? "target");
const binary = process.env.COUNTERFOIL_BIN ?? join(target, "debug", "counterfoil");
const dataDir = join(here, "results", "demo");

// The workers read this file too, and must come to the same server as the process that started it.
if (!process.env.END2END_PORT) {
  process.env.END2END_PORT = String(await freePort());
  process.env.END2END_DATA = dataDir;
  process.env.END2END_BIN = binary;
  rmSync(join(here, "results"), { recursive: true, force: true });
}
const address = `127.0.0.1:${process.env.END2END_PORT}`;

const desktop = { ...devices["Desktop Chrome"], viewport: { width: 1280, height: 800 } };
const phone = { ...desktop, viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };

// What does not depend on how the page looks is asked once.
const once = ["headers", "live", "offline", "sizes", "trees", "xss"].map((name) => `**/${name}.spec.ts`);
const keyboard = ["**/keyboard.spec.ts"];

// The other lights of the two widths show nothing that these don't: they are for `make test-deep`.
const few = ["desktop-light", "phone-dark", "noscript", "spanish"];

export default defineConfig({
  testDir: here,
  snapshotPathTemplate: "{testDir}/trees/{arg}{ext}",
  outputDir: join(here, "results", "failures"),
  forbidOnly: true,
  fullyParallel: true,
  workers: 2,
  timeout: 30_000,
  reporter: "list",
  use: {
    baseURL: `http://${address}`,
    timezoneId: "Europe/Berlin",
    // What a browser keeps between cases is a case of its own.
    serviceWorkers: "block",
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
      args: ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
    },
  },
  projects: [
    { name: "desktop-light", use: { ...desktop, colorScheme: "light" } },
    { name: "desktop-dark", use: { ...desktop, colorScheme: "dark" }, testIgnore: once },
    { name: "phone-light", use: { ...phone, colorScheme: "light" }, testIgnore: [...once, ...keyboard] },
    { name: "phone-dark", use: { ...phone, colorScheme: "dark" }, testIgnore: [...once, ...keyboard] },
    { name: "noscript", use: { ...desktop, javaScriptEnabled: false }, testIgnore: once },
    { name: "spanish", use: { ...desktop, locale: "es-US" }, testIgnore: once },
  ].filter(({ name }) => process.env.END2END_ALL || few.includes(name)),
  webServer: {
    // Judged at one moment, so that every run shows the same pages; these have the files that are in the binary.
    command: `exec env -u COUNTERFOIL_SITE_DIR "${binary}" demo --data-dir "${dataDir}" --address ${address} --as-of 2026-04-20T19:00:00Z`,
    url: `http://${address}/health/live`,
    timeout: 60_000,
    gracefulShutdown: { signal: "SIGTERM", timeout: 5_000 },
    stdout: "ignore",
  },
});

async function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer().once("error", fail);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => (typeof address === "object" && address ? done(address.port) : fail(new Error("no port"))));
    });
  });
}
