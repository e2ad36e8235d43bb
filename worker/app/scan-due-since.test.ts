import { describe, it } from "vitest";
import { columnsOf } from "../core/bars/columns.ts";
import { barAt } from "../testing/builders/bar-builder.ts";
import { dayOf, makeRun } from "../testing/builders/signal-builder.ts";
import { MemoryBook } from "../testing/memory/memory-book.ts";
import { MemoryLedger } from "../testing/memory/memory-ledger.ts";
import { keepWatch } from "./jobs/keep-watch.ts";
import type { PlanSince, ScanPlan } from "./ports/market-status.ts";
import { readScanDue } from "./scan-due.ts";

const at = (text: string): number => Date.parse(`${text}+09:00`);
const BOTH: ScanPlan = { evening: true, morning: true };
const MORNING: ScanPlan = { evening: false, morning: true };
const EVENING: ScanPlan = { evening: true, morning: false };
const NONE: ScanPlan = { evening: false, morning: false };
/** A Monday, before anyone is up. */
const INSTALLED = at("2026-11-30T04:20:00");
const THURSDAY = dayOf("2026-11-26");
const WEDNESDAY = dayOf("2026-11-25");

const PAST = { next: WEDNESDAY, holidays: [], startedAt: INSTALLED, leftMs: null, reason: null } as const;

/** A market whose last session with rows is `day`, and was scanned where something brings it. */
function stage(plan: ScanPlan, since: PlanSince | undefined, day = THURSDAY) {
  const book = new MemoryBook();
  book.columns.set("005930", columnsOf([barAt(0, { day })]));
  book.days = { ...book.days, plan, ...(since && { since }) };
  const ledger = new MemoryLedger();
  ledger.journal = plan === NONE ? [] : [makeRun({ exchange: "KRX", asOf: day, startedAt: INSTALLED + 1 })];
  return { book, ports: { ledger, book: () => book } };
}

async function missing(plan: ScanPlan, since: PlanSince | undefined, time: string, day = THURSDAY) {
  const found = (await readScanDue(stage(plan, since, day).ports, "KRX", at(time))).missing;
  return found && new Date(found.at + 9 * 3_600_000).toISOString().slice(5, 16);
}

const of = (plan: ScanPlan, since: number): PlanSince => ({
  evening: plan.evening ? since : null,
  morning: plan.morning ? since : null,
  bars: since,
});

describe("a market that was just installed", () => {
  it.for([
    ["both", BOTH, "11-30T15:45"],
    ["the morning alone", MORNING, "11-30T08:15"],
    ["the evening alone", EVENING, "11-30T15:45"],
    ["none", NONE, "11-30T18:20"],
  ] as const)(
    "[JB33] with %s misses nothing of before, and the first session that falls due since",
    async ([, plan, first], { expect }) => {
      const day = plan === MORNING ? WEDNESDAY : THURSDAY;
      const since = of(plan, INSTALLED);
      expect(await missing(plan, since, "2026-11-30T04:33:00", day)).toBeNull();
      expect(await missing(plan, since, "2026-11-30T18:51:00", day)).toBe(first);
      // Nobody noted when it began: as it always was.
      expect(await missing(plan, undefined, "2026-11-30T04:33:00", day)).not.toBeNull();
      const old = of(plan, at("2026-11-02T09:00:00"));
      expect(await missing(plan, old, "2026-11-30T04:33:00", day)).not.toBeNull();
    },
  );

  it("[JB33] a second source that is set later makes no session of before it late", async ({ expect }) => {
    const [long, since] = [at("2026-10-05T09:00:00"), INSTALLED];
    const added = { evening: since, morning: long, bars: long };
    expect(await missing(BOTH, added, "2026-11-30T04:33:00")).toBeNull();
    // Friday's own morning is still due, and a session of the morning's time that is missing stays so.
    expect(await missing(BOTH, added, "2026-11-30T08:15:00")).toBe("11-30T08:15");
    expect(await missing(BOTH, added, "2026-11-30T04:33:00", WEDNESDAY)).toBe("11-27T08:15");
  });

  it("[JB31] an evening that a vendor of evenings alone has missed is filled in by the past of its shares", async ({
    expect,
  }) => {
    const { book, ports } = stage(EVENING, of(EVENING, at("2026-10-05T09:00:00")));
    const next = async () => (await readScanDue(ports, "KRX", at("2026-11-27T16:10:00"))).missing?.next;
    const kis = { denials: [], servedAt: null, callsToday: 0, callsPerDay: null, token: null };
    const past = { sessions: 400, counts: "shares", inPart: [], wanted: 400, fetched: 400 } as const;
    book.past = { ...past, ...PAST, status: "done" };
    // Brought by another machine: nothing fills it in.
    expect(await next()).toBeNull();
    book.days = { ...book.days, sources: [{ ...kis, id: "kis", isNamed: true, missing: [] }] };
    expect(await next()).toEqual({
      kind: "history_day",
      day: dayOf("2026-11-27"),
      at: at("2026-11-30T08:05:00"),
    });
    book.past = { ...past, ...PAST, status: "waiting" };
    expect(await next()).toBeNull();
  });

  it.for(["running", "waiting", "done"] as const)(
    "[JB33] nor while its past is %s, nor does the watch begin a scan",
    async (status, { expect }) => {
      const { book, ports } = stage(BOTH, of(BOTH, INSTALLED));
      book.past = { status, sessions: 3, counts: "sessions", inPart: [], wanted: 400, fetched: 3, ...PAST };
      const now = at("2026-11-30T04:33:00");
      expect((await readScanDue(ports, "KRX", now)).missing).toBeNull();
      await keepWatch({
        ...ports,
        log: { write: () => undefined },
        clock: { now: () => now },
        settings: { activeExchange: () => Promise.resolve("KRX") },
        wait: () => Promise.resolve(),
        alerts: { append: () => Promise.resolve(), wake: () => Promise.resolve() },
        objects: () => [],
      });
      expect(book.requests).toEqual([]);
    },
  );
});
