import * as fc from "fast-check";
import { describe, it } from "vitest";
import { tickerOf } from "../../../core/nominal.ts";
import { LONGEST_MESSAGE, readMessage, type RealRecord } from "./messages.ts";
import { readMarketState, readTick } from "./real-records.ts";

const NOW = Date.parse("2026-09-16T09:30:05+09:00");
const TRADE: RealRecord = {
  type: "0B",
  item: "005930",
  values: {
    "10": "-20800",
    "11": "-200",
    "13": "1500",
    "16": "+21100",
    "17": "+21200",
    "18": "-20700",
    "20": "093001",
    "25": "5",
    "27": "-20800",
    "28": "-20750",
    "290": "2",
    "9081": "1",
  },
};
const changed = (values: Readonly<Record<string, string>>): RealRecord => ({
  ...TRADE,
  values: { ...TRADE.values, ...values },
});

describe("a text of the socket of Kiwoom", () => {
  it.for([
    ["PING", { kind: "heartbeat" }],
    [" ping\n", { kind: "heartbeat" }],
    ['{"trnm":"PING"}', { kind: "heartbeat" }],
    ['{"trnm":"LOGIN","return_code":0,"return_msg":""}', { kind: "login", code: 0 }],
    ['{"trnm":"LOGIN","return_code":"805004","return_msg":"[CODE=8005]"}', { kind: "login", code: 805_004 }],
    ['{"trnm":"REG","return_code":1}', { kind: "answer", to: "REG", code: 1 }],
    ['{"trnm":"REMOVE","return_code":0}', { kind: "answer", to: "REMOVE", code: 0 }],
    ['{"trnm":"SYSTEM","code":"R10001","message":"x"}', { kind: "system", code: "R10001" }],
    ['{"trnm":"SYSTEM","code":{"a":1}}', { kind: "system", code: "" }],
    ['{"trnm":"REAL","data":[]}', { kind: "records", records: [], refused: 0 }],
    ['{"trnm":"CNSR"}', { kind: "refused" }],
    ['{"trnm":7}', { kind: "refused" }],
    ["{", { kind: "refused" }],
    ["null", { kind: "refused" }],
    ["x".repeat(LONGEST_MESSAGE + 1), { kind: "refused" }],
  ] as const)("[KW10] %# is what it is", ([text, message], { expect }) => {
    expect(readMessage(text)).toMatchObject(message);
  });

  it("[KW10] has records with values as an object or as a list of one", ({ expect }) => {
    const { values } = TRADE;
    const frame = (data: unknown): string => JSON.stringify({ trnm: "REAL", data });
    const one = { type: "0B", name: "x", item: "005930" };
    expect(readMessage(frame([{ ...one, values }, { ...one, values: [values] }, one, 7]))).toEqual({
      kind: "records",
      refused: 2,
      records: [TRADE, TRADE],
    });
    expect(readMessage(frame(Array.from({ length: 2_001 }, () => one))).kind).toBe("refused");
  });

  it("[KW10] never throws, whatever arrives, and keeps nothing of what it refuses", ({ expect }) => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        const message = readMessage(`${text}planted`);
        expect(message.kind === "refused" ? message.why : "").not.toContain("planted");
      }),
      { numRuns: 300 },
    );
  });
});

describe("a record of the socket of Kiwoom", () => {
  it("[KW11] is a trade with prices without their signs, and the base price from its change", ({
    expect,
  }) => {
    expect(readTick(TRADE, null, NOW)).toEqual({
      key: tickerOf("005930"),
      day: Math.floor((NOW + 9 * 3_600_000) / 86_400_000),
      at: Date.parse("2026-09-16T09:30:01+09:00"),
      phase: "session",
      isHalted: false,
      price: 20_800,
      open: 21_100,
      high: 21_200,
      low: 20_700,
      volume: 1_500,
      base: 21_000,
      bid: 20_750,
      ask: 20_800,
    });
  });

  it.for([
    [{ "290": "1" }, null, "other"],
    [{ "290": "3" }, null, "after"],
    [{ "290": "" }, null, "other"],
    [{ "290": "2" }, "3", "session"],
    // The closing auction's own trade can come after the notice of the close.
    [{ "290": "2" }, "4", "session"],
    [{ "290": "2" }, "8", "after"],
    [{ "290": "2" }, "a", "after"],
  ] as const)("[KW11] %j in the state %j is of the phase %s", ([values, state, phase], { expect }) => {
    expect(readTick(changed(values), state, NOW)?.phase).toBe(phase);
  });

  it.for([
    [{ "10": "-20600" }, "a price below the low"],
    [{ "17": "" }, "no high"],
    [{ "13": "1.5" }, "a volume that is no count"],
    [{ "20": "093200" }, "a time that has not come"],
    [{ "20": "0930" }, "no time"],
    [{ "9081": "2" }, "another venue"],
  ] as const)("[KW11] with %j is none: %s", ([values], { expect }) => {
    expect(readTick(changed(values), null, NOW)).toBeNull();
  });

  it("[KW11] has no base price where number and sign of the change differ, and is none of another venue's code", ({
    expect,
  }) => {
    expect(readTick(changed({ "25": "2" }), null, NOW)?.base).toBeNull();
    expect(readTick({ ...TRADE, item: "005930_NX" }, null, NOW)).toBeNull();
    expect(readTick({ ...TRADE, type: "0H" }, null, NOW)).toBeNull();
    expect(readTick({ ...TRADE, type: "0J", item: "201" }, null, NOW)).toBeNull();
    expect(readMarketState({ type: "0s", item: "", values: { "215": "a" } })).toBe("a");
    expect(readMarketState({ type: "0s", item: "", values: {} })).toBeNull();
    expect(readMarketState(TRADE)).toBeNull();
  });

  it.for([
    [{}, { price: 21_450, volume: 1_200, phase: "auction" }],
    [{ "9001": "A005930" }, { key: "005930" }],
    [{ "13": "" }, { volume: 0 }],
    [{ "9068": "2" }, null],
    [{ "9068": "" }, null],
    [{ "9001": "005930_AL" }, null],
    [{ "1223": "093200" }, null],
    [{ "1221": "" }, null],
  ] as const)("[KW28] an interruption with %j is %j", ([change, expected], { expect }) => {
    const values = {
      "9001": "005930",
      "13": "1200",
      "9068": "1",
      "1221": "21450",
      "1223": "093000",
      ...change,
    };
    const tick = readTick({ type: "1h", item: "005930", values }, null, NOW);
    if (expected === null) {
      expect(tick).toBeNull();
    } else {
      expect(tick).toMatchObject(expected);
    }
  });
});
