import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, it } from "vitest";
import { ensureOwnerToken, readOwnerToken } from "./owner-token.ts";
import { findVendorSecrets } from "./vendor-secrets.ts";

let folder = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "vcp-secrets-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
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
  ensureOwnerToken(file);
  expect(findVendorSecrets({}, file)).toEqual({ KRX_AUTH_KEY: "second", KIS_APP_SECRET: "a+b/c==" });
  expect(findVendorSecrets({ KRX_AUTH_KEY: "own", KIS_APP_SECRET: "", PATH: "p" }, file)).toEqual({
    KRX_AUTH_KEY: "own",
    KIS_APP_SECRET: "a+b/c==",
  });
  expect(readOwnerToken({}, file)).toMatch(/^[\w-]{43}$/);
});
