import { env } from "cloudflare:workers";
import { describe, it } from "vitest";
import { composeFollow } from "../../compose.ts";
import { krxBook } from "../../testing/stage/krx-book.ts";

describe("the sources of a real market", () => {
  it("[MD6] without a key, or without its name in MARKET_SOURCES, nothing is asked and no object is woken", async ({
    expect,
  }) => {
    const key = { KRX_AUTH_KEY: "a-key" };
    expect(composeFollow(env)).toBeNull();
    expect(composeFollow({ ...env, KRX_AUTH_KEY: "" })).toBeNull();
    expect(composeFollow({ ...env, ...key, MARKET_SOURCES: "" })).toBeNull();
    expect(composeFollow({ ...env, ...key, MARKET_SOURCES: "krxx" })).toBeNull();
    expect(composeFollow({ ...env, ...key, MARKET_SOURCES: "kis, krx" })).not.toBeNull();
    const kis = { KIS_APP_KEY: "a-key", KIS_APP_SECRET: "a-secret" };
    expect(composeFollow({ ...env, KIS_APP_KEY: "a-key" })).toBeNull();
    expect(composeFollow({ ...env, ...kis, MARKET_SOURCES: "krx" })).toBeNull();
    expect(composeFollow({ ...env, ...kis })).not.toBeNull();
    // A book without a source finds nothing due.
    await krxBook().followMarket();
  });
});
