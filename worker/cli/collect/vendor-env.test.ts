import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it } from "vitest";
import { projectRoot } from "../terminal/project-root.ts";
import { readVendorEnv, type VendorEnv } from "./vendor-env.ts";

function read(shell: Readonly<Record<string, string>>, devVars = ""): VendorEnv {
  const folder = mkdtempSync(join(tmpdir(), "vcp-vendors-"));
  try {
    const file = join(folder, ".dev.vars");
    writeFileSync(file, devVars);
    return readVendorEnv(shell, { devVars: file, wrangler: join(projectRoot, "wrangler.toml") });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describe("the vendors of the owner's machine", () => {
  it("[CL85] are those whose keys are set, at the addresses of wrangler.toml unless others are", ({
    expect,
  }) => {
    const both = "KRX_AUTH_KEY=k\nKIS_APP_KEY=a\nKIS_APP_SECRET='b'\nKRX_BASE=http://127.0.0.1:1/krx\n";
    expect(read({ KRX_AUTH_KEY: "k" })).toMatchObject({
      ids: ["krx"],
      env: { KRX_BASE: "https://data-dbg.krx.co.kr", KRX_AUTH_KEY: "k" },
    });
    expect(read({}, both)).toMatchObject({
      ids: ["krx", "kis"],
      env: { KRX_BASE: "http://127.0.0.1:1/krx", KIS_APP_SECRET: "b" },
    });
    expect(read({ KRX_BASE: "http://127.0.0.1:2", MARKET_SOURCES: "kis" }, both)).toMatchObject({
      ids: ["kis"],
      env: { KRX_BASE: "http://127.0.0.1:2" },
    });
    // Empty it keeps the Worker of `npm start` from asking.
    expect(read({}, `${both}MARKET_SOURCES=""\n`).ids).toEqual(["krx", "kis"]);
  });

  it("[CL85] are none without a key, and what is missing is named and not what is set", ({ expect }) => {
    const failing = (shell: Readonly<Record<string, string>>): string => {
      try {
        return read(shell).ids.join(" ");
      } catch (error) {
        return error instanceof Error ? error.message : String(error);
      }
    };
    expect(failing({})).toMatch(
      /^No vendor can be asked\. Set KRX_AUTH_KEY for krx, or KIS_APP_KEY and KIS_APP_SECRET/,
    );
    expect(failing({ KIS_APP_KEY: "planted" })).toMatch(/KIS_APP_SECRET for kis/);
    expect(failing({ KIS_APP_KEY: "planted" })).not.toMatch(/planted/);
    expect(failing({ KRX_AUTH_KEY: "k", MARKET_SOURCES: "krx kix" })).toBe(
      "MARKET_SOURCES has kix, and there are: krx, kis, kiwoom",
    );
    expect(failing({ KRX_AUTH_KEY: "k", KRX_BASE: "krx" })).toMatch(/^KRX_BASE is no address/);
  });
});
