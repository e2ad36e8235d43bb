import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "vitest";
import { projectRoot } from "../../cli/terminal/project-root.ts";
import { FILE_EXCHANGE, FIRST_EXCHANGE, isSimulated, parseExchange, profileOf } from "./exchange-profile.ts";
import { EXCHANGES, INDEX_CODES } from "./instrument.ts";

describe("the profile of an exchange", () => {
  it.for(EXCHANGES)("[TK2] %s is the one that was asked for", (exchange, { expect }) => {
    expect(profileOf(exchange).id).toBe(exchange);
    expect(profileOf(exchange).indices).toEqual(INDEX_CODES);
    expect(parseExchange(exchange)).toBe(exchange);
  });

  it("[TK2] DEMO is simulated and keeps a limited past, KRX is neither", ({ expect }) => {
    expect(profileOf("DEMO")).toMatchObject({ calendar: "simulated", feed: "simulated", sessionsKept: 520 });
    expect(profileOf("KRX")).toMatchObject({ calendar: "krx", feed: "none", sessionsKept: null });
    expect([isSimulated("DEMO"), isSimulated("KRX"), isSimulated(null)]).toEqual([true, false, false]);
    expect([FIRST_EXCHANGE, FILE_EXCHANGE]).toEqual(["DEMO", "KRX"]);
  });

  it.for(["", "krx", "NXT", undefined])("[TK2] %j names no exchange", (text, { expect }) => {
    expect(parseExchange(text)).toBeNull();
  });

  it("[TK2] no other file compares an exchange with the name of one", ({ expect }) => {
    const files = globSync("{worker,web}/**/*.{ts,tsx}", {
      cwd: projectRoot,
      exclude: ["**/*.test.*", "worker/testing/**", "worker/bench/**", "web/e2e/**"],
    });
    const found = files.filter((file) =>
      /[!=]== "(?:KRX|DEMO)"|case "(?:KRX|DEMO)"/.test(readFileSync(join(projectRoot, file), "utf8")),
    );
    expect(files.length).toBeGreaterThan(400);
    expect(found).toEqual([]);
  });
});
