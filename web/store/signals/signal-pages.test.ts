import { createRoot } from "solid-js";
import { afterEach, describe, it, vi } from "vitest";
import type { SignalRow } from "../../../worker/protocol/signal-row.ts";
import { makeRandom } from "../../../worker/testing/chance/random.ts";
import { ROWS, SIGNALS } from "../../e2e/stub-signals.ts";
import { createExchange } from "../exchange.ts";
import { createLiveSocket } from "../live-socket.ts";
import { makeLiveWorld, settleRequests } from "../live-world.ts";
import { createSignals, type Signals } from "./signals.ts";

const [ROW] = ROWS;

function rowOf(n: number, score = 50): SignalRow {
  if (ROW === undefined) {
    throw new Error("The stub has rows");
  }
  return { ...ROW, id: `s${n}`, score };
}

/** A list of `count` signals whose pages hold 100, without a socket; and what was asked for. */
async function load(
  count: number,
  change: (page: number) => readonly SignalRow[] = () => [],
): Promise<{ readonly signals: Signals; readonly asked: readonly string[]; readonly end: () => void }> {
  const asked: string[] = [];
  vi.stubGlobal("fetch", async (path: string) => {
    asked.push(path);
    const from = Number(new URL(path, "http://test").searchParams.get("cursor") ?? 0);
    const rows = Array.from({ length: Math.min(100, count - from) }, (_, i) => rowOf(from + i));
    const next = from + 100 < count ? String(from + 100) : null;
    return Response.json({
      ...SIGNALS,
      signals: [...change(from / 100), ...rows],
      count,
      next_cursor: next,
    });
  });
  const world = makeLiveWorld(makeRandom(1), ROW, []);
  world.market.server.isUp = false;
  const made = createRoot((end) => {
    const live = createLiveSocket(world.platform);
    return { signals: createSignals(live, createExchange(live)), end };
  });
  for (let i = 0; i < 8; i++) {
    await settleRequests();
  }
  return { ...made, asked };
}

describe("a list of several pages", () => {
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  it("[UI36] is loaded whole, each page asked once and of one exchange", async ({ expect }) => {
    const { signals, asked, end } = await load(250);
    expect(signals.value()?.signals.map(({ id }) => id)).toEqual(
      Array.from({ length: 250 }, (_, i) => `s${i}`),
    );
    expect(signals.value()?.count).toBe(250);
    expect(asked).toEqual([
      "/api/kr/signals?limit=100",
      "/api/kr/signals?limit=100&exchange=KRX&cursor=100",
      "/api/kr/signals?limit=100&exchange=KRX&cursor=200",
    ]);
    end();
  });

  it("[UI36] holds a signal once that moved to a later page meanwhile, as it came last", async ({
    expect,
  }) => {
    const { signals, end } = await load(150, (page) => (page === 1 ? [rowOf(3, 77)] : []));
    expect(signals.value()?.signals).toHaveLength(150);
    expect(signals.value()?.signals.find(({ id }) => id === "s3")?.score).toBe(77);
    end();
  });

  it("[UI36] ends after five pages and gives how many there are", async ({ expect }) => {
    const { signals, asked, end } = await load(1_234);
    expect(asked).toHaveLength(5);
    expect([signals.value()?.signals.length, signals.value()?.count]).toEqual([500, 1_234]);
    end();
  });
});
