/** What every {@link ScanLedger} must do when it lists signals: the right ones, once each, in one order. */
import fc from "fast-check";
import { beforeEach, describe, it } from "vitest";
import type { Signal } from "../../core/lifecycle/signal.ts";
import { makeRandom } from "../../testing/chance/random.ts";
import { dayOf, makeRun, makeSignal } from "../../testing/builders/signal-builder.ts";
import { makeSave } from "./scan-ledger.contract.ts";
import type {
  EndedCursor,
  EndedFilter,
  ScanLedger,
  SignalCursor,
  SignalFilter,
  StoredSignal,
} from "./scan-ledger.ts";

const OPEN: SignalFilter = {
  exchange: "DEMO",
  state: null,
  market: null,
  grade: null,
  minScore: null,
  ticker: null,
};

/** Four of the demo market, of which one has ended, and one of KRX. */
const MIXED: readonly Signal[] = [
  makeSignal({ id: "a", score: 60, grade: "B" }),
  makeSignal({ id: "b", score: 80, market: "KOSDAQ", ticker: "D00002" }),
  makeSignal({ id: "c", score: 70, state: "TRIGGERED", ticker: "D00003" }),
  makeSignal({ id: "d", score: 90, state: "FAILED", appliedOn: dayOf("2025-05-09") }),
];
const FOREIGN = makeSignal({ id: "k", exchange: "KRX", ticker: "005930", score: 85 });

/** `make` gives an empty ledger. */
export function signalListContract(name: string, make: () => Promise<ScanLedger>): void {
  describe(`lists of the ScanLedger: ${name}`, () => {
    let ledger: ScanLedger;
    beforeEach(async () => {
      ledger = await make();
    });

    filterRules(() => ledger);
    archiveRules(() => ledger);
    pageRules(make);
  });
}

function idsOf(stored: readonly StoredSignal[]): readonly string[] {
  return stored.map(({ signal }) => signal.id);
}

async function saveMixed(ledger: ScanLedger): Promise<void> {
  await ledger.save(makeSave({ signals: MIXED, events: [], outbox: [] }));
  const run = makeRun({ id: "run-k", exchange: "KRX" });
  await ledger.save(makeSave({ run, signals: [FOREIGN], events: [], outbox: [] }));
}

function filterRules(ledger: () => ScanLedger): void {
  it("[LD14] lists open signals of one exchange, the best first", async ({ expect }) => {
    await saveMixed(ledger());
    expect(idsOf(await ledger().openSignals("DEMO"))).toEqual(["b", "c", "a"]);
    expect(idsOf(await ledger().signals(OPEN, null, 9))).toEqual(["b", "c", "a"]);
    expect(idsOf(await ledger().signals({ ...OPEN, exchange: "KRX" }, null, 9))).toEqual(["k"]);
  });

  const cases: readonly (readonly [what: string, filter: Partial<SignalFilter>, ids: readonly string[]])[] = [
    ["an open state", { state: "TRIGGERED" }, ["c"]],
    ["an ended state", { state: "FAILED" }, ["d"]],
    ["a market", { market: "KOSDAQ" }, ["b"]],
    ["a grade", { grade: "B" }, ["a"]],
    ["a score, itself included", { minScore: 70 }, ["b", "c"]],
    ["a ticker", { ticker: "D00003" }, ["c"]],
    ["two at once", { market: "KOSPI", minScore: 65 }, ["c"]],
    ["what nothing has", { market: "KONEX" }, []],
  ];
  for (const [what, filter, ids] of cases) {
    it(`[LD15] lists and counts by ${what}`, async ({ expect }) => {
      await saveMixed(ledger());
      expect(idsOf(await ledger().signals({ ...OPEN, ...filter }, null, 9))).toEqual(ids);
      expect(await ledger().countSignals({ ...OPEN, ...filter })).toBe(ids.length);
    });
  }

  it("[LD16] finds what ended on a day or after it, and forgets it when it is open again", async ({
    expect,
  }) => {
    await saveMixed(ledger());
    expect(idsOf(await ledger().endedSince("DEMO", dayOf("2025-05-09")))).toEqual(["d"]);
    expect(await ledger().endedSince("DEMO", dayOf("2025-05-10"))).toEqual([]);
    expect(await ledger().endedSince("KRX", dayOf("2025-05-01"))).toEqual([]);
    const again = makeSignal({ id: "d", score: 90, flags: ["relisted"] });
    await ledger().save(makeSave({ run: makeRun({ id: "run-2" }), signals: [again], events: [] }));
    expect(await ledger().endedSince("DEMO", dayOf("2025-05-01"))).toEqual([]);
    expect(idsOf(await ledger().openSignals("DEMO"))).toEqual(["d", "b", "c", "a"]);
  });
}

const ALL_ENDED: EndedFilter = {
  exchange: "DEMO",
  market: null,
  grade: null,
  entryGrade: null,
  ending: null,
  from: null,
  to: null,
  text: null,
};

/** One of each ending, on three days; one of KRX, and one that is open. */
const ENDED: readonly Signal[] = [
  makeSignal({ id: "s", state: "FAILED", triggeredOn: dayOf("2025-05-02"), appliedOn: dayOf("2025-05-09") }),
  makeSignal({ id: "b", state: "FAILED", grade: "B", appliedOn: dayOf("2025-05-09") }),
  makeSignal({ id: "o", state: "EXPIRED", triggeredOn: dayOf("2025-05-02"), appliedOn: dayOf("2025-05-12") }),
  makeSignal({
    id: "l",
    state: "EXPIRED",
    market: "KOSDAQ",
    ticker: "D00009",
    name: "Han_100% 바이오",
    appliedOn: dayOf("2025-05-13"),
  }),
  makeSignal({ id: "k", exchange: "KRX", ticker: "005930", state: "FAILED" }),
  makeSignal({ id: "a" }),
];

function archiveRules(ledger: () => ScanLedger): void {
  const cases: readonly (readonly [what: string, filter: Partial<EndedFilter>, ids: readonly string[]])[] = [
    ["nothing: all of one exchange, the latest end first", {}, ["l", "o", "b", "s"]],
    ["a stop", { ending: "stopped" }, ["s"]],
    ["a broken base", { ending: "broken" }, ["b"]],
    ["time that was over", { ending: "over" }, ["o"]],
    ["leaving the list", { ending: "left" }, ["l"]],
    ["a grade", { grade: "B" }, ["b"]],
    ["a market", { market: "KOSDAQ" }, ["l"]],
    ["a first day, itself included", { from: dayOf("2025-05-12") }, ["l", "o"]],
    ["a last day, itself included", { to: dayOf("2025-05-09") }, ["b", "s"]],
    ["a ticker's part", { text: "d00009" }, ["l"]],
    ["a name's part, in which no character stands for others", { text: "n_100%" }, ["l"]],
    ["a wildcard, which is none", { text: "%" }, ["l"]],
    ["two at once", { ending: "broken", grade: "A" }, []],
  ];
  for (const [what, filter, ids] of cases) {
    it(`[LD23] lists and counts the ended by ${what}`, async ({ expect }) => {
      for (const exchange of ["DEMO", "KRX"] as const) {
        const run = makeRun({ id: `run-${exchange}`, exchange });
        const signals = ENDED.filter((signal) => signal.exchange === exchange);
        await ledger().save(makeSave({ run, signals, events: [], outbox: [] }));
      }
      expect(idsOf(await ledger().ended({ ...ALL_ENDED, ...filter }, null, 9))).toEqual(ids);
      expect(await ledger().countEnded({ ...ALL_ENDED, ...filter })).toBe(ids.length);
      // Page by page, also inside a day.
      const paged: string[] = [];
      let after: EndedCursor | null = null;
      for (const id of ids) {
        const [one] = await ledger().ended({ ...ALL_ENDED, ...filter }, after, 1);
        paged.push(one?.signal.id ?? "");
        after = { endedOn: one?.signal.endedOn ?? dayOf("2025-01-01"), id };
      }
      expect(paged).toEqual(ids);
    });
  }
}

function pageRules(make: () => Promise<ScanLedger>): void {
  it("[LD17] pages through every signal once, in order, whatever the scores", async ({ expect }) => {
    const input = {
      seed: fc.nat(),
      count: fc.integer({ min: 1, max: 60 }),
      limit: fc.integer({ min: 1, max: 9 }),
    };
    await fc.assert(
      fc.asyncProperty(fc.record(input), async ({ seed, count, limit }) => {
        const ledger = await make();
        const random = makeRandom(seed);
        // Half of the scores are shared, so that pages begin inside a tie; the others have all their digits.
        const signals = Array.from({ length: count }, () =>
          makeSignal({
            id: String(Math.floor(random() * 1e12)),
            score: random() < 0.5 ? 50 + Math.floor(random() * 3) / 3 : 100 * random(),
          }),
        );
        await ledger.save(makeSave({ signals, events: [], outbox: [] }));
        const expected = signals.toSorted((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
        expect(await allPages(ledger, limit)).toEqual(expected.map((signal) => signal.id));
      }),
      { numRuns: 25, seed: 20_250_516 },
    );
  });
}

async function allPages(ledger: ScanLedger, limit: number): Promise<readonly string[]> {
  const ids: string[] = [];
  let after: SignalCursor | null = null;
  // A cursor that stands still would page for ever.
  while (ids.length < 1_000) {
    const page: readonly StoredSignal[] = await ledger.signals(OPEN, after, limit);
    ids.push(...idsOf(page));
    const last = page.at(-1)?.signal;
    if (!last) {
      break;
    }
    after = { score: last.score, id: last.id };
  }
  return ids;
}
