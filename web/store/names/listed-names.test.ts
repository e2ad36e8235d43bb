import { createSignal } from "solid-js";
import { afterAll, beforeEach, describe, it, vi } from "vitest";
import type { Exchange } from "../../../worker/core/instrument/instrument.ts";
import type { ActiveExchange } from "../exchange.ts";
import { listedNamesOf } from "./listed-names.ts";

const HOUR_MS = 3_600_000;

function newExchange(): ActiveExchange & { readonly switchTo: (exchange: Exchange) => void } {
  const [active, setActive] = createSignal<Exchange | null>("KRX");
  const runs: (() => void)[] = [];
  return {
    active,
    learn: setActive,
    accepts: (exchange) => exchange === active(),
    onSwitch: (run) => void runs.push(run),
    onDoubt: () => undefined,
    switchTo: (exchange) => {
      setActive(exchange);
      runs.forEach((run) => {
        run();
      });
    },
  };
}

/** Whatever was asked for has come. */
async function settle(): Promise<void> {
  for (let i = 0; i < 20; i++) {
    await Promise.resolve();
  }
}

describe("the names of an exchange", () => {
  let answer = (): Response => new Response(null, { status: 503 });
  let asked = 0;
  let now = 0;
  beforeEach(() => {
    asked = 0;
    now = 0;
    vi.stubGlobal("fetch", async () => {
      asked += 1;
      return Promise.resolve(answer());
    });
    vi.spyOn(performance, "now").mockImplementation(() => now);
    answer = () => names("KRX", "005930");
  });
  afterAll(() => {
    vi.restoreAllMocks();
    vi.unstubAllGlobals();
  });
  const names = (exchange: Exchange, ticker: string): Response =>
    Response.json({
      exchange,
      generated_at: "2026-11-30T09:00:00.000+09:00",
      count: 1,
      names: [{ ticker, name: "이름", name_en: null, market: "KOSPI" }],
    });

  it("[UI269] are asked for once by all parts of the page, and again after an hour", async ({ expect }) => {
    const exchange = newExchange();
    const [search, lists] = [listedNamesOf(exchange), listedNamesOf(exchange)];
    lists.freshen();
    await settle();
    search.freshen();
    expect([asked, lists.of("005930")?.name, search.value()?.count]).toEqual([1, "이름", 1]);
    now = HOUR_MS - 1;
    search.freshen();
    expect(asked).toBe(1);
    now = HOUR_MS;
    answer = () => new Response(null, { status: 503 });
    search.freshen();
    lists.freshen();
    await settle();
    // What is here stays, and the next part that needs it asks again.
    expect([asked, lists.of("005930")?.name, search.failure()?.status]).toEqual([2, "이름", 503]);
    lists.freshen();
    expect(asked).toBe(3);
  });

  it("[UI269] of another exchange are asked for at the switch, and none of the first is shown", async ({
    expect,
  }) => {
    const exchange = newExchange();
    const all = listedNamesOf(exchange);
    await settle();
    answer = () => names("DEMO", "D00001");
    exchange.switchTo("DEMO");
    expect([all.value(), all.of("005930"), all.search()]).toEqual([null, null, null]);
    await settle();
    expect([asked, all.of("005930"), all.of("D00001")?.name]).toEqual([2, null, "이름"]);
  });
});
