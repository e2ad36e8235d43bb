/** What every {@link InstrumentStore} must do: keep one master an exchange and find in it what people type. */
import { beforeEach, describe, it } from "vitest";
import type { Instrument } from "../../core/instrument/instrument.ts";
import { dayOf } from "../../testing/builders/signal-builder.ts";
import { type Bare, named } from "../../testing/builders/bare.ts";
import type { InstrumentStore } from "./instrument-store.ts";

function makeInstrument(overrides: Bare<Partial<Instrument>> = {}): Instrument {
  return named<Instrument>({
    ticker: "005930",
    name: "삼성전자",
    nameEn: "Samsung Electronics",
    market: "KOSPI",
    kind: "common",
    notice: null,
    industry: "전기전자",
    listedOn: dayOf("1975-06-11"),
    listedShares: 5_919_637_922,
    ...overrides,
  });
}

const SAMSUNG = makeInstrument();
const PREFERRED = makeInstrument({
  ticker: "005935",
  name: "삼성전자우",
  kind: "preferred",
  listedOn: null,
  nameEn: null,
});
const NAVER = makeInstrument({
  ticker: "035420",
  name: "NAVER",
  nameEn: null,
  industry: null,
  listedShares: null,
});
const ODD = makeInstrument({
  ticker: "0001A0",
  name: "50%_Off\\",
  nameEn: "Off, Half",
  market: "KOSDAQ",
  notice: "caution",
});

/** `make` gives an empty store. */
export function instrumentStoreContract(name: string, make: () => Promise<InstrumentStore>): void {
  describe(`InstrumentStore: ${name}`, () => {
    let store: InstrumentStore;
    beforeEach(async () => {
      store = await make();
    });

    masterRules(() => store);
    searchRules(() => store);
  });
}

function masterRules(store: () => InstrumentStore): void {
  it("[IN1] gives back what was put, by ticker", async ({ expect }) => {
    await store().put("KRX", [NAVER, ODD, SAMSUNG, PREFERRED], 1_000);
    expect(await store().all("KRX")).toEqual([ODD, SAMSUNG, PREFERRED, NAVER]);
    expect(await store().get("KRX", "035420")).toEqual(NAVER);
    expect(await store().get("KRX", "000000")).toBeNull();
  });

  it("[IN2] replaces by ticker and leaves the others; the last of a doubled ticker stands", async ({
    expect,
  }) => {
    await store().put("KRX", [SAMSUNG, NAVER], 1_000);
    const noticed = makeInstrument({ notice: "administration", listedShares: 1 });
    await store().put("KRX", [makeInstrument({ name: "overtaken" }), noticed], 2_000);
    expect(await store().all("KRX")).toEqual([noticed, NAVER]);
  });

  it("[IN2] puts nothing without complaint", async ({ expect }) => {
    await store().put("KRX", [], 1_000);
    expect(await store().all("KRX")).toEqual([]);
  });

  it("[IN3] keeps the exchanges apart", async ({ expect }) => {
    const demo = makeInstrument({ ticker: "D00001", name: "삼성모의" });
    await store().put("KRX", [SAMSUNG], 1_000);
    await store().put("DEMO", [demo], 1_000);
    expect(await store().all("DEMO")).toEqual([demo]);
    expect(await store().get("DEMO", "005930")).toBeNull();
    expect(await store().search("DEMO", "삼성", 9)).toEqual([demo]);
  });

  it("[IN4] takes a whole market in one call", async ({ expect }) => {
    const many = Array.from({ length: 3_000 }, (_, i) => makeInstrument({ ticker: String(100_000 + i) }));
    await store().put("KRX", many, 1_000);
    expect(await store().all("KRX")).toEqual(many);
  });
}

function searchRules(store: () => InstrumentStore): void {
  const cases: readonly (readonly [text: string, tickers: readonly string[]])[] = [
    ["삼성", ["005930", "005935"]],
    ["samsung e", ["005930"]],
    ["off, half", ["0001A0"]],
    ["전자우", ["005935"]],
    ["0593", ["005930", "005935"]],
    ["naver", ["035420"]],
    ["NaVeR", ["035420"]],
    ["0001a", ["0001A0"]],
    ["%", ["0001A0"]],
    ["_", ["0001A0"]],
    ["\\", ["0001A0"]],
    ["삼_전", []],
    ["'; drop table instrument; --", []],
    ["스무 음절이 넘는 긴 이름을 찾는 사람도 대답을 받는다", []],
  ];
  for (const [text, tickers] of cases) {
    it(`[IN5] finds ${JSON.stringify(text)} literally, in any case, by ticker`, async ({ expect }) => {
      await store().put("KRX", [NAVER, ODD, PREFERRED, SAMSUNG], 1_000);
      const found = await store().search("KRX", text, 9);
      expect(found.map((instrument) => instrument.ticker)).toEqual(tickers);
    });
  }

  it("[IN5] stops at the limit", async ({ expect }) => {
    await store().put("KRX", [PREFERRED, SAMSUNG], 1_000);
    expect(await store().search("KRX", "삼성", 1)).toEqual([SAMSUNG]);
  });
}
