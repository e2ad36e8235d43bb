import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, it } from "vitest";
import { ensureOwnerToken, readOwnerToken } from "./owner-token.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "vcp-token-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

it("[CL13] makes a token once, for the owner's eyes", ({ expect }) => {
  const file = join(folder, ".dev.vars");
  expect(() => readOwnerToken({}, file)).toThrow("No owner's token");
  expect(ensureOwnerToken(file)).toBe(true);
  const token = readOwnerToken({}, file);
  expect(token).toMatch(/^[\w-]{43}$/);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(ensureOwnerToken(file)).toBe(false);
  expect(readOwnerToken({}, file)).toBe(token);
});

it("[CL13] keeps what else stands in the file, and lets the environment win", ({ expect }) => {
  const file = join(folder, ".dev.vars");
  writeFileSync(file, "OTHER=1\nOWNER_TOKEN=");
  expect(ensureOwnerToken(file)).toBe(true);
  expect(readFileSync(file, "utf8")).toContain("OTHER=1\n");
  writeFileSync(file, 'OTHER=1\nOWNER_TOKEN="quoted"\n');
  expect(ensureOwnerToken(file)).toBe(false);
  expect(readOwnerToken({ OWNER_TOKEN: "" }, file)).toBe("quoted");
  expect(readOwnerToken({ OWNER_TOKEN: "environment" }, file)).toBe("environment");
});
