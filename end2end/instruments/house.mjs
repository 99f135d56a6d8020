// The demonstration, served for as long as an instrument looks at it.
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const STARTS_WITHIN_MS = 60_000;

export async function openHouse() {
  const target = resolve(process.env.CARGO_TARGET_DIR ?? "target");
  const binary = process.env.COUNTERFOIL_BIN ?? join(target, "debug", "counterfoil");
  const folder = mkdtempSync(join(tmpdir(), "counterfoil-"));
  const address = `127.0.0.1:${await freePort()}`;
  const { COUNTERFOIL_SITE_DIR: _, ...env } = process.env;
  const server = spawn(binary, ["demo", "--data-dir", folder, "--address", address, "--as-of", "2026-04-20T19:00:00Z"], { env, stdio: "ignore" });
  const origin = `http://${address}`;
  const until = Date.now() + STARTS_WITHIN_MS;
  while (!(await fetch(`${origin}/health/live`).catch(() => null))?.ok) {
    if (Date.now() > until || server.exitCode !== null) throw new Error(`${binary} does not serve: \`make binary\` or \`cargo build -p server\` makes it`);
    await new Promise((done) => setTimeout(done, 100));
  }
  const close = async () => {
    const stopped = new Promise((done) => server.once("exit", done));
    server.kill("SIGTERM");
    await stopped;
    rmSync(folder, { recursive: true, force: true });
  };
  return { origin, customers: JSON.parse(readFileSync(join(folder, "sign-ins.json"), "utf8")), close };
}

/// The cookie of whoever signs in.
export function signIn(origin, { email, password }) {
  const body = new URLSearchParams({ sign_in_name: email, password }).toString();
  return new Promise((done, fail) => {
    const asked = request(`${origin}/sign-in`, { method: "POST", headers: { origin, "sec-fetch-site": "same-origin", "content-type": "application/x-www-form-urlencoded", "content-length": body.length } }, (answer) => {
      const cookies = (answer.headers["set-cookie"] ?? []).map((cookie) => cookie.split(";")[0]);
      answer.resume();
      if (answer.statusCode === 303 && cookies.length > 0) done(cookies);
      else fail(new Error(`the sign-in was answered with ${answer.statusCode}`));
    });
    asked.on("error", fail);
    asked.end(body);
  });
}

/// The address of the first message that needs attention.
export async function flaggedMessage(origin, cookies) {
  const page = await (await fetch(`${origin}/history?show=flagged`, { headers: { cookie: cookies.join("; ") } })).text();
  const [, path] = page.match(/href="(\/messages\/[^"]+)"/) ?? [];
  if (!path) throw new Error("no message needs attention");
  return path;
}

function freePort() {
  return new Promise((done, fail) => {
    const server = createServer().once("error", fail);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}
