import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";

const WIDTHS = [320, 390, 768, 1280];

/// Every kind of page that a customer meets.
async function pages(page: Page): Promise<string[]> {
  await page.goto("/history?show=flagged");
  const link = (path: string) => page.locator(`main a[href^="${path}"]`).first().getAttribute("href");
  const message = await link("/messages/");
  await page.goto("/history?kind=payment.received");
  return ["/history", message!, (await link("/transactions/"))!, "/account", "/check", "/settings/security", "/settings/lookups", "/offline"];
}

const sideways = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/// Text that is cut off, or runs out of what it stands in.
const cutOff = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>("main :is(p, h1, h2, h3, dt, dd, a, button, label, td, th)")]
      .filter((element) => element.checkVisibility() && element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 1 && getComputedStyle(element).display !== "inline")
      .map((element) => `${element.tagName.toLowerCase()}.${element.className}: ${element.textContent!.trim().slice(0, 40)}`),
  );

test("every page fits every width, and text that is twice as large", async ({ page, customers, signIn }) => {
  test.slow();
  await signIn(customers.touched);
  for (const path of await pages(page)) {
    await page.goto(path);
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 800 });
      expect(await sideways(page), `${path} at ${width} px`).toBe(0);
    }
    for (const width of [768, 1280]) {
      await page.setViewportSize({ width, height: 800 });
      await page.evaluate(() => (document.documentElement.style.fontSize = "200%"));
      expect(await sideways(page), `${path} at ${width} px, text at 200 %`).toBe(0);
      expect(await cutOff(page), `${path} at ${width} px, text at 200 %`).toEqual([]);
      await page.evaluate(() => (document.documentElement.style.fontSize = ""));
    }
  }
});

test("with colours of one's own, and without motion", async ({ page, customers, signIn }) => {
  test.slow();
  await signIn(customers.touched);
  const paths = await pages(page);
  await page.emulateMedia({ forcedColors: "active", reducedMotion: "reduce" });
  for (const path of paths) {
    // A mail's frame runs no scripts, and axe is one.
    await page.goto(path.startsWith("/messages/") ? `${path}?view=text` : path);
    const moving = await page.evaluate(() => [...document.querySelectorAll("*")].filter((element) => !/^(0s(, )?)+$/.test(getComputedStyle(element).transitionDuration) || getComputedStyle(element).animationName !== "none").map((element) => element.className));
    expect(moving, path).toEqual([]);
    // What is told apart by a fill alone is told apart no longer.
    const edges = await page.evaluate(() => [...document.querySelectorAll(".verdict, .status-unmatched, .told, .slip.books")].filter((element) => element.checkVisibility() && getComputedStyle(element).borderTopStyle === "none" && getComputedStyle(element).borderBottomStyle === "none").map((element) => element.className));
    expect(edges, path).toEqual([]);
    // Whether one's own colours go together is not the page's to say.
    const { violations } = await new AxeBuilder({ page }).disableRules(["color-contrast"]).analyze();
    expect(violations.map(({ id, nodes }) => ({ id, where: nodes.map(({ target }) => target.join(" ")) })), path).toEqual([]);
  }
});
