import { describe, it, vi } from "vitest";
import { liveUpstreamContract } from "../../../app/ports/live-upstream.contract.ts";
import {
  indexOfKey,
  type LiveKey,
  type TickPhase,
  type UpstreamEvent,
} from "../../../app/ports/live-upstream.ts";
import { tickerOf } from "../../../core/nominal.ts";
import { type FakeTrade, frameOf, tradeRecord } from "../../../testing/fakes/kis/kis-trades.ts";
import { APP_KEY, APP_SECRET, dayOf, type KisStage, stageKis } from "../../../testing/stage/kis-stage.ts";
import { eventually } from "../../../testing/eventually.ts";

const DAY = dayOf("2026-09-16");
const AT = "2026-09-16T09:30:01";
const INDEX_NAMES: Readonly<Record<string, LiveKey>> = { "0001": "KOSPI", "1001": "KOSDAQ" };

/** How the vendor marks each phase. */
const MARKS: Readonly<Record<TickPhase, Partial<FakeTrade>>> = {
  session: {},
  auction: { hour: "B" },
  after: { market: "3" },
  other: { market: "1" },
};

function tradesOf(
  stage: KisStage,
  keys: readonly LiveKey[],
  marks: Partial<FakeTrade>,
): readonly FakeTrade[] {
  return keys.flatMap((key): readonly FakeTrade[] => {
    const row = stage.exchange.rowOf(DAY, key);
    return row === null || row.volume === 0
      ? []
      : [{ ...row, ticker: key, at: stage.clock.now(), price: row.close, ...marks }];
  });
}

liveUpstreamContract("KIS", async () => {
  const stage = await stageKis({ at: AT });
  const { socket } = stage.fake;
  const traded = stage.exchange.rows(DAY).filter(({ volume }) => volume > 0);
  const keys: readonly LiveKey[] = [
    ...traded.slice(0, 60).map(({ listing }) => listing.ticker),
    "KOSPI",
    "KOSDAQ",
  ];
  return {
    upstream: stage.live(),
    reborn: () => stage.live(),
    keys,
    registered: () => new Set(socket.registered().map((key) => INDEX_NAMES[key] ?? tickerOf(key))),
    mostRegistered: () => socket.mostRegistered,
    connections: () => socket.connections,
    phases: ["auction", "session", "other", "after", "session"],
    trade: (some, phase) => socket.trade(tradesOf(stage, some, MARKS[phase])),
    widen: (by) => {
      socket.traps.width = 46 + by;
    },
    tradeAtLength: (some) => {
      const trades = tradesOf(stage, some, {});
      const records = Array.from({ length: 200 }, (_, n) => trades[n % trades.length]).flatMap((trade) =>
        trade === undefined ? [] : [tradeRecord(trade, 47)],
      );
      socket.text(frameOf("H0STCNT0", records));
      return records.length;
    },
    nonsense: () => {
      socket.text("0|H0STCNT0|002|only^three^fields");
      socket.text(frameOf("H0STCNT0", [["nothing"]], true));
      socket.text(frameOf("H0STASP0", [Array.from({ length: 63 }, () => "0")]));
      socket.text("{");
    },
    heartbeat: () => {
      socket.heartbeat();
    },
    cut: () => {
      socket.cut();
    },
    takeKey: (on) => {
      socket.traps.keyInUse = on;
    },
    logged: () => JSON.stringify(stage.log.lines),
    secrets: [APP_KEY, APP_SECRET, "fake-approval"],
    end: () => stage.end(),
  };
});

/** A connection with its events. */
function open(stage: KisStage, keys: readonly LiveKey[], slots?: number) {
  const events: UpstreamEvent[] = [];
  const session = stage.live(slots).open((event) => events.push(event));
  session.want(keys);
  const last = () => events.findLast(({ kind }) => kind !== "frame");
  return { events, session, last };
}

const SHARE = tickerOf("000020");

describe("the socket of KIS", () => {
  it("[KS4] is opened by a key that is asked for once a day, also after an eviction, and by another one when it is refused", async ({
    expect,
  }) => {
    const stage = await stageKis({ at: AT });
    const asked = () => stage.fake.calls.get("/oauth2/Approval") ?? 0;
    for (let n = 0; n < 3; n++) {
      const one = open(stage, ["KOSPI"]);
      await eventually(() => {
        expect(one.last()).toEqual({ kind: "followed", keys: ["KOSPI"] });
      });
      one.session.close();
      await eventually(() => {
        expect(stage.fake.socket.registered()).toEqual([]);
      });
    }
    expect(asked()).toBe(1);

    stage.clock.advance(120_000);
    stage.fake.socket.traps.forgetsApprovals = true;
    const refused = open(stage, ["KOSPI"]);
    await eventually(() => {
      expect(refused.last()).toMatchObject({ kind: "down", denied: null });
    });
    const again = open(stage, ["KOSPI"]);
    await eventually(() => {
      expect(again.last()).toEqual({ kind: "followed", keys: ["KOSPI"] });
    });
    again.session.close();
    expect(asked()).toBe(2);

    // Refused once more within the minute, it waits for the minute's end.
    stage.fake.socket.traps.forgetsApprovals = true;
    for (const call of [2, 2, 3]) {
      const one = open(stage, ["KOSPI"]);
      await eventually(() => {
        expect(one.last()?.kind).toBe(call === 3 ? "followed" : "down");
      });
      one.session.close();
      expect(asked()).toBe(call);
      stage.clock.advance(call === 2 ? 31_000 : 0);
    }
    stage.clock.advance(86_400_000);
    const tomorrow = open(stage, ["KOSPI"]);
    await eventually(() => {
      expect(tomorrow.last()?.kind).toBe("followed");
    });
    expect(asked()).toBe(4);
    tomorrow.session.close();
    await stage.end();
  });

  it("[KS5] has returned its session before it states that the key cannot be one", async ({ expect }) => {
    const stage = await stageKis({ at: AT, appKey: "a key with blanks" });
    const one = open(stage, ["KOSPI"]);
    expect(one.last()).toBeUndefined();
    await eventually(() => {
      expect(one.last()).toMatchObject({ kind: "down", denied: "bad_key" });
    });
    expect(stage.fake.calls.get("/oauth2/Approval")).toBeUndefined();
    await stage.end();
  });

  it("[KS4] ends also where the key that is none any more cannot be forgotten, with a line of the log", async ({
    expect,
  }) => {
    const stage = await stageKis({ at: AT });
    const one = open(stage, ["KOSPI"]);
    await eventually(() => {
      expect(one.last()?.kind).toBe("followed");
    });
    one.session.close();
    await eventually(() => {
      expect(stage.fake.socket.registered()).toEqual([]);
    });
    stage.fake.socket.traps.forgetsApprovals = true;
    vi.spyOn(stage.store, "put").mockRejectedValue(new Error("no room"));
    const refused = open(stage, ["KOSPI"]);
    await eventually(() => {
      expect(refused.last()).toMatchObject({ kind: "down", denied: null });
    });
    expect(stage.log.lines.map(({ event }) => event)).toContain("kis_approval_not_forgotten");
    await stage.end();
  });

  it("[KS4] is not opened with a key that the vendor refuses, which is remembered for a day", async ({
    expect,
  }) => {
    const stage = await stageKis({ at: AT });
    stage.fake.credentials = { appKey: "another key", appSecret: "another secret" };
    for (let n = 0; n < 3; n++) {
      const one = open(stage, ["KOSPI"]);
      await eventually(() => {
        expect(one.last()).toMatchObject({ kind: "down", denied: "bad_key" });
      });
      stage.clock.advance(120_000);
    }
    expect(stage.fake.calls.get("/oauth2/Approval")).toBe(1);
    expect(stage.fake.socket.connections).toBe(0);
    await stage.end();
  });

  it("[KS5] is the vendor's failure where nobody answers, and no exception", async ({ expect }) => {
    const stage = await stageKis({ at: AT });
    stage.fake.traps.cut = true;
    const one = open(stage, ["KOSPI"]);
    await eventually(() => {
      expect(one.last()).toMatchObject({
        kind: "down",
        denied: null,
        detail: expect.stringContaining("KIS"),
      });
    });
    await stage.end();
    stage.clock.advance(120_000);
    const nobody = open(stage, ["KOSPI"]);
    await eventually(() => {
      expect(nobody.last()).toMatchObject({ kind: "down", denied: null });
    });
  });

  it("[KS5] leaves one line of the log for each kind of what it refuses, and their counts at the end", async ({
    expect,
  }) => {
    const stage = await stageKis({ at: AT });
    const one = open(stage, [SHARE, "KOSPI"]);
    await eventually(() => {
      expect(stage.fake.socket.registered()).toHaveLength(2);
    });
    for (let n = 0; n < 4; n++) {
      stage.fake.socket.text("nothing");
    }
    stage.fake.socket.text(frameOf("H0STCNT0", [["no record"]]));
    await eventually(() => {
      expect(one.events.filter(({ kind }) => kind === "frame")).toHaveLength(7);
    });
    one.session.close();
    const refused = stage.log.lines.filter(({ event }) => event.startsWith("kis_frame"));
    expect(refused.map(({ event, fields }) => [event, fields["times"]])).toEqual([
      ["kis_frame_refused", undefined],
      ["kis_frame_refused", undefined],
      ["kis_frames_refused", 4],
    ]);
    expect(indexOfKey("KOSPI")).toBe("KOSPI");
    await stage.end();
  });

  it("[KS5] follows no more than the slots that it is given, of which the vendor grants 41", async ({
    expect,
  }) => {
    const stage = await stageKis({ at: AT });
    expect([stage.live(50).slots, stage.live(7).slots]).toEqual([41, 7]);
    await stage.end();
  });
});
