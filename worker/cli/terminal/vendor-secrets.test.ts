import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, it } from "vitest";
import { ensureOwnerToken, readOwnerToken } from "./owner-token.ts";
import { findVendorSecrets, secretIn } from "./vendor-secrets.ts";

let folder = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "vcp-secrets-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

it.for([
  ["KRX_AUTH_KEY=abc # of the exchange", "abc"],
  ["export KRX_AUTH_KEY = 'a#b' # x", "a#b"],
  ["KRX_AUTH_KEY=a#b", "a#b"],
  ["KRX_AUTH_KEY= # not yet", null],
  ["KRX_AUTH_KEY= #later", null],
  ["# KRX_AUTH_KEY=abc", null],
  ["MY_KRX_AUTH_KEY=abc", null],
] as const)("[CL13a] reads `%s` as the dev server does", ([text, value], { expect }) => {
  expect(secretIn(`A=1\n${text}\nB=2\n`, "KRX_AUTH_KEY")).toBe(value);
});

it("[CL13a] the vendors' secrets of `.dev.vars` go to the Worker of this machine, and nothing else of it does", ({
  expect,
}) => {
  const file = join(folder, ".dev.vars");
  expect(findVendorSecrets({}, file)).toEqual({});
  writeFileSync(
    file,
    "KRX_AUTH_KEY=first\nKIS_APP_SECRET=\"a+b/c==\"\nKRX_AUTH_KEY='second'\nKIS_APP_KEY=\nOTHER=x\n",
  );
  chmodSync(file, 0o644);
  ensureOwnerToken(file);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(findVendorSecrets({}, file)).toEqual({ KRX_AUTH_KEY: "second", KIS_APP_SECRET: "a+b/c==" });
  expect(findVendorSecrets({ KRX_AUTH_KEY: "own", KIS_APP_SECRET: "", PATH: "p" }, file)).toEqual({
    KRX_AUTH_KEY: "own",
    KIS_APP_SECRET: "a+b/c==",
  });
  expect(readOwnerToken({}, file)).toMatch(/^[\w-]{43}$/);
});
