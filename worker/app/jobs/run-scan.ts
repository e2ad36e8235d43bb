/**
 * The scan job: bars in, one atomic save out, and a run row whatever happens. The caller holds the lock. Everything
 * that is read of a store is read first; from the scan to the save nothing is awaited, so no import comes between.
 */
import { incumbentsOf } from "../../core/lifecycle/incumbent.ts";
import { PARAMS } from "../../core/params.ts";
import { listDetected } from "../../core/scan/list-detected.ts";
import type { MarketGate } from "../../core/scan/gate.ts";
import type { ScanResult } from "../../core/scan/scan-result.ts";
import type { FindingKind } from "../../core/session/finding.ts";
import { describeFinding } from "../../core/session/describe-finding.ts";
import { isOpen } from "../../core/lifecycle/signal.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";
import { formatTradingDay, tradingDayOf } from "../../core/calendar/trading-day.ts";
import type { Clock } from "../ports/clock.ts";
import type { RunLedger } from "../ports/correction-ledger.ts";
import type { InstrumentStore } from "../ports/instrument-store.ts";
import type { RunOutcome, RunRequest, SkipReason } from "../ports/market-book.ts";
import type { ScanRun, ScanSave, StoredSignal } from "../ports/scan-ledger.ts";
import { type Master, nameEnOf, type ScanBars, scanBars, sessionsIn } from "./scan-bars.ts";
import { figuresOn, findingsOf } from "./session-findings.ts";
import { scanAlerts } from "./scan-alerts.ts";
import { scanMessages } from "./scan-messages.ts";
import { settleScan } from "./settle-scan.ts";

/** A base of 250 bars, the longest, is at most this many days old, halts among them; older ended patterns cannot be born again. */
export const MEMORY_DAYS = 500;

/** The neighbours of a scan; the bars come as an argument, from the book that runs it. */
export interface ScanPorts {
  readonly clock: Clock;
  readonly ledger: RunLedger;
  readonly instruments: Pick<InstrumentStore, "all">;
}

/**
 * Ends `done`, or `skipped` with a reason when there is nothing sound to scan. Rejects when a store fails. `onJudged` gets,
 * before the save, the number of tickers with a verdict.
 */
export async function runScan(
  run: ScanRun,
  request: RunRequest,
  bars: ScanBars,
  ports: ScanPorts,
  onJudged: (tickers: number) => void = () => undefined,
): Promise<RunOutcome> {
  const known = await recall(run, bars, ports);
  const at = ports.clock.now();
  const result = scanOrRefuse(run.exchange, request, bars, known, at);
  if ("kind" in result) {
    const refusal = result;
    const text = reasonText(refusal);
    await ports.ledger.endRun(run.id, "skipped", text, at);
    const ended: ScanRun = { ...run, status: "skipped", reason: text, finishedAt: at };
    return { status: "skipped", run: ended, reason: refusal };
  }
  const save = saveOf(run, result, bars, known, at);
  onJudged(result.verdicts.length);
  await ports.ledger.save(save);
  return { status: "done", run: save.run, results: listDetected(result.verdicts, request) };
}

/** What the stores know before the scan. */
interface Known {
  readonly master: Master;
  readonly open: readonly StoredSignal[];
  readonly ended: readonly StoredSignal[];
  /** Signals that a correction took back: born again, they keep the time of their first writing and number on. */
  readonly withdrawn: readonly StoredSignal[];
  readonly eventCounts: ReadonlyMap<string, number>;
  readonly lastDone: ScanRun | null;
  /** The newest gate before this scan; `null` before the first. */
  readonly lastGate: MarketGate | null;
}

async function recall(
  { exchange }: ScanRun,
  bars: ScanBars,
  { ledger, instruments }: ScanPorts,
): Promise<Known> {
  const lastSession = sessionsIn(bars).at(-1) ?? tradingDayOf(0);
  const master = new Map((await instruments.all(exchange)).map((one) => [one.ticker, one]));
  const open = await ledger.openSignals(exchange);
  const ended = await ledger.endedSince(exchange, tradingDayOf(lastSession - MEMORY_DAYS));
  const withdrawn = await ledger.withdrawn(exchange);
  const known = [...open, ...ended, ...withdrawn].map(({ signal }) => signal.id);
  const eventCounts = await ledger.eventCounts(known);
  const lastDone = await ledger.lastRun(exchange, ["done"]);
  const [lastGate = null] = await ledger.gates(exchange, 1);
  return { master, open, ended, withdrawn, eventCounts, lastDone, lastGate };
}

const NO_BARS: SkipReason = { kind: "no_bars" };

/** JB5: the scan, or the reason why it must not be saved. The session is judged on the way, because both read every bar. */
function scanOrRefuse(
  exchange: Exchange,
  request: RunRequest,
  bars: ScanBars,
  known: Known,
  now: number,
): ScanResult | SkipReason {
  const asOf = sessionsIn(bars).at(-1);
  if (asOf === undefined) {
    return NO_BARS;
  }
  if (known.lastDone?.asOf === asOf && isRepeat(request.kind, known.lastDone.kind)) {
    return { kind: "no_new_session", day: asOf };
  }
  const scanned = scanSession({ exchange, bars, ...known, accept: request.accept, now });
  return "kind" in scanned ? scanned : scanned.result;
}

/** The last session of these bars, on which the owner goes on with what `accept` names. `now` in milliseconds since the epoch. */
export interface JudgedSession {
  readonly exchange: Exchange;
  readonly bars: ScanBars;
  readonly master: Master;
  readonly open: readonly StoredSignal[];
  readonly accept: readonly FindingKind[];
  readonly now: number;
}

/** `accepted`: what was found on the session, each named by `accept`. */
export interface ScannedSession {
  readonly result: ScanResult;
  readonly accepted: readonly FindingKind[];
}

/** DY4: the session as its scan or a correction judges it, or the finding that stops both. */
export function scanSession(x: JudgedSession): ScannedSession | SkipReason {
  const { exchange, bars, master, open, accept, now } = x;
  const asOf = sessionsIn(bars).at(-1);
  if (asOf === undefined) {
    return NO_BARS;
  }
  const figures = figuresOn(bars, asOf);
  const incumbents = incumbentsOf(
    open.map(({ signal }) => signal),
    PARAMS,
  );
  const result = scanBars(exchange, bars, master, { incumbents, figures });
  const findings = findingsOf(exchange, bars, asOf, now, figures);
  const finding = findings.find(({ kind }) => !accept.includes(kind));
  return finding ?? (result === null ? NO_BARS : { result, accepted: findings.map(({ kind }) => kind) });
}

/** As the run keeps it: a code, and after it what it is about. */
export function reasonText(reason: SkipReason): string {
  if (reason.kind === "no_bars") {
    return reason.kind;
  }
  const text = reason.kind === "no_new_session" ? formatTradingDay(reason.day) : describeFinding(reason);
  return `${reason.kind}: ${text}`;
}

/** JB13: a feed that died before it stored its run requests it again; a manual scan of that session does not replace it. */
function isRepeat(kind: RunRequest["kind"], last: RunRequest["kind"]): boolean {
  return kind === "cron" || (kind === "session" && last === "session");
}

function saveOf(run: ScanRun, result: ScanResult, bars: ScanBars, known: Known, at: number): ScanSave {
  const { exchange } = run;
  const { signals, events, diff } = settleScan({
    exchange,
    result,
    ...known,
    instruments: known.master,
    sessions: sessionsIn(bars),
    rowsOf: (ticker) => bars.series(ticker),
    params: PARAMS,
  });
  const { asOf, funnel, rejects, gate } = result;
  const saved: ScanRun = {
    ...run,
    status: "done",
    asOf,
    finishedAt: at,
    funnel,
    rejects,
    diff,
    saved: signals.length,
  };
  const nameEn = nameEnOf(known.master);
  const createdAt = new Map(
    [...known.withdrawn, ...known.open, ...known.ended].map((stored) => [stored.signal.id, stored.createdAt]),
  );
  const touched = new Set(signals.map(({ id }) => id));
  const untouched = known.open.filter(({ signal }) => !touched.has(signal.id)).length;
  const openCount = untouched + signals.filter(({ state }) => isOpen(state)).length;
  return {
    run: saved,
    signals,
    events,
    gate,
    outbox: scanMessages(saved, at, signals, { createdAt, nameEn }, gate, openCount),
    alerts: scanAlerts({
      exchange,
      day: asOf,
      at,
      before: known.open.map(({ signal }) => signal),
      signals,
      events,
      gates: [known.lastGate, gate],
      nameEn,
    }),
  };
}
