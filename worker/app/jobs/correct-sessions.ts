/**
 * The correction: sessions whose rows changed after their scan are judged again, one after the other, from the signals as they
 * stood in the evening before, and saved as one. The caller holds the lock. Judging is long, so other calls of the book come
 * between two sessions; when one of them changed a row, all of it begins anew.
 */
import { assert } from "../../core/assert.ts";
import type { SignalEvent } from "../../core/lifecycle/signal.ts";
import type { SignalId } from "../../core/nominal.ts";
import { PARAMS } from "../../core/params.ts";
import { listDetected } from "../../core/scan/list-detected.ts";
import type { MarketGate } from "../../core/scan/gate.ts";
import type { FindingKind } from "../../core/session/finding.ts";
import type { ScanResult } from "../../core/scan/scan-result.ts";
import { type TradingDay, tradingDayOf } from "../../core/calendar/trading-day.ts";
import type { CorrectionSave, SignalVersion } from "../ports/correction-ledger.ts";
import type { DueCorrection, RunOutcome, RunRequest, SkipReason } from "../ports/market-book.ts";
import type { ScanRun, StoredEvent, StoredSignal } from "../ports/scan-ledger.ts";
import { BarsUntil } from "./bars-until.ts";
import { countOpen, diffOfCorrection, isReentered, type JudgedAgain, rewrite } from "./corrected-signals.ts";
import { changedRows, type ChangingBars } from "./due-correction.ts";
import { endedIn, openIn, restoreSignals, type SignalWorld } from "./restored-signals.ts";
import { MEMORY_DAYS, reasonText, type ScanPorts, scanSession } from "./run-scan.ts";
import { type Master, nameEnOf, sessionsIn } from "./scan-bars.ts";
import { correctionAlerts } from "./correction-alerts.ts";
import { scanMessages } from "./scan-messages.ts";
import { sessionFindings } from "./session-findings.ts";
import { settleScan } from "./settle-scan.ts";

/** Imports that come one after the other may move the bars under a correction; the last of them asks for it again. */
const ATTEMPTS = 3;

/** The neighbours of a correction. */
export interface CorrectionPorts extends ScanPorts {
  /** Resolves when the other calls of the object have had their turn. */
  turn(): Promise<void>;
}

/** `settled`: the changes up to this revision of the bars are in what was saved; `null` when nothing was. */
export interface CorrectionOutcome {
  readonly outcome: RunOutcome;
  readonly settled: { readonly revision: number; readonly from: TradingDay } | null;
}

/**
 * To be called when something is due; `asked`: a day from which the owner wants all sessions judged again. Rejects when a store
 * fails; nothing is saved then.
 */
export async function correctSessions(
  run: ScanRun,
  request: RunRequest,
  bars: ChangingBars,
  ports: CorrectionPorts,
  asked: TradingDay | null = null,
): Promise<CorrectionOutcome> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const { days, revision } = bars.changes();
    const { due } = await changedRows(run.exchange, days, bars, ports.ledger, asked);
    assert(due !== null, `Run ${run.id} has nothing to judge again`);
    const known = await recall(run, due, bars, ports);
    const unsound = unsoundBetween(run, days, due, known, bars, ports.clock.now());
    const judged = unsound === null ? await judgeAgain(run, due, known, bars, ports) : { refused: unsound };
    if ("refused" in judged) {
      return { outcome: await skip(run, judged.refused, ports), settled: null };
    }
    // Nothing is awaited from here to the save.
    if (bars.changes().revision === revision) {
      const save = saveOf(run, due, known, judged, ports.clock.now());
      await ports.ledger.saveCorrection(save);
      const results = judged.result === null ? [] : listDetected(judged.result.verdicts, request);
      return {
        outcome: { status: "done", run: save.run, results },
        settled: { revision, from: due.from },
      };
    }
  }
  const [reason, at] = ["bars_moved: rows changed while sessions were judged again", ports.clock.now()];
  await ports.ledger.endRun(run.id, "failed", reason, at);
  const failed: ScanRun = { ...run, status: "failed", reason, finishedAt: at };
  return { outcome: { status: "failed", run: failed }, settled: null };
}

async function skip(run: ScanRun, reason: SkipReason, { ledger, clock }: ScanPorts): Promise<RunOutcome> {
  const [text, at] = [reasonText(reason), clock.now()];
  await ledger.endRun(run.id, "skipped", text, at);
  return { status: "skipped", run: { ...run, status: "skipped", reason: text, finishedAt: at }, reason };
}

/** What the stores know before sessions are judged again. */
interface Known {
  readonly master: Master;
  /** Open, or ended within the memory of a scan. */
  readonly stored: readonly StoredSignal[];
  readonly withdrawn: readonly StoredSignal[];
  readonly restored: SignalWorld;
  readonly scanned: readonly SignalVersion[];
  readonly logged: readonly StoredEvent[];
  readonly counts: ReadonlyMap<string, number>;
  /** Runs of its sessions that were done before. */
  readonly done: readonly ScanRun[];
  /** Of the session whose evening is restored; `null` before the first scan. */
  readonly gate: MarketGate | null;
}

async function recall(
  { exchange }: ScanRun,
  { from, sessions }: DueCorrection,
  bars: ChangingBars,
  { ledger, instruments }: ScanPorts,
): Promise<Known> {
  const first = sessions[0] ?? sessionsIn(bars).at(-1) ?? from;
  const master = new Map((await instruments.all(exchange)).map((one) => [one.ticker, one]));
  const open = await ledger.openSignals(exchange);
  const ended = await ledger.endedSince(exchange, tradingDayOf(Math.min(first, from) - MEMORY_DAYS));
  const withdrawn = await ledger.withdrawn(exchange);
  const stored = [...open, ...ended];
  const ids = [...stored, ...withdrawn].map(({ signal }) => signal.id);
  const gate = await ledger.gateBefore(exchange, from);
  const after = tradingDayOf(gate === null ? 0 : gate.day + 1);
  return {
    master,
    stored,
    withdrawn,
    restored: restoreSignals(stored, await ledger.versionsBefore(exchange, from), after),
    scanned: await ledger.versionsBefore(exchange, null),
    logged: await ledger.eventsSince(ids, after),
    counts: await ledger.eventCounts(ids),
    done: await ledger.doneSince(exchange, from),
    gate,
  };
}

/** The sessions judged again, in memory. */
interface Judged {
  readonly world: SignalWorld;
  readonly versions: readonly SignalVersion[];
  readonly events: readonly SignalEvent[];
  readonly gates: readonly MarketGate[];
  /** What was found on them, and had been accepted. */
  readonly accepted: readonly FindingKind[];
  /** Of the last session; `null` when none is left. */
  readonly result: ScanResult | null;
}

/** What the newest run that judged the session went on with need not be named again; what it did not find must. */
function acceptedOn(session: TradingDay, done: readonly ScanRun[]): readonly FindingKind[] {
  const newest = done.findLast(
    ({ asOf, judgedFrom }) => asOf !== null && session <= asOf && session >= (judgedFrom ?? asOf),
  );
  return newest?.request.accept ?? [];
}

/** CR5: a day that nobody judged stands in the bars of the sessions after it, as a Saturday sent late does. */
function unsoundBetween(
  { exchange, request }: ScanRun,
  changed: readonly TradingDay[],
  { from, sessions }: DueCorrection,
  { done }: Known,
  bars: ChangingBars,
  now: number,
): SkipReason | null {
  const judged = new Set(sessions);
  const stored = new Set(sessionsIn(bars));
  const last = sessions.at(-1) ?? from;
  const between = changed.filter((day) => day >= from && day < last && stored.has(day) && !judged.has(day));
  for (const day of between) {
    const accept = [...request.accept, ...acceptedOn(day, done)];
    const findings = sessionFindings(exchange, new BarsUntil(bars, day), day, now);
    const finding = findings.find(({ kind }) => !accept.includes(kind));
    if (finding !== undefined) {
      return finding;
    }
  }
  return null;
}

/** Resolves after a turn of the object: its other calls are answered between two sessions. */
async function judgeAgain(
  run: ScanRun,
  { sessions }: DueCorrection,
  { master, restored, done }: Known,
  bars: ChangingBars,
  ports: CorrectionPorts,
): Promise<Judged | { readonly refused: SkipReason }> {
  const world: SignalWorld = new Map(restored);
  const versions: SignalVersion[] = [];
  const events: SignalEvent[] = [];
  const gates: MarketGate[] = [];
  const accepted = new Set<FindingKind>();
  let result: ScanResult | null = null;
  for (const session of sessions) {
    const until = new BarsUntil(bars, session);
    const open = openIn(world);
    const ended = endedIn(world, tradingDayOf(session - MEMORY_DAYS));
    const accept = [...run.request.accept, ...acceptedOn(session, done)];
    const scanned = scanSession({
      exchange: run.exchange,
      bars: until,
      master,
      open,
      accept,
      now: ports.clock.now(),
    });
    if ("kind" in scanned) {
      return { refused: scanned };
    }
    result = scanned.result;
    scanned.accepted.forEach((kind) => accepted.add(kind));
    const settled = settleScan({
      exchange: run.exchange,
      result,
      open,
      ended,
      // Numbered at the end, over all sessions.
      eventCounts: new Map(),
      instruments: master,
      sessions: sessionsIn(until),
      rowsOf: (ticker) => until.series(ticker),
      params: PARAMS,
    });
    for (const signal of settled.signals) {
      world.set(signal.id, { signal, createdAt: 0, updatedAt: 0, runId: run.id });
      versions.push({ day: session, signal });
    }
    events.push(...settled.events);
    gates.push(result.gate);
    await ports.turn();
  }
  return { world, versions, events, gates, accepted: [...accepted], result };
}

function saveOf(
  run: ScanRun,
  { from, sessions }: DueCorrection,
  known: Known,
  judged: Judged,
  at: number,
): CorrectionSave {
  const last = sessions.at(-1) ?? known.gate?.day ?? null;
  const before = new Map(known.stored.map(({ signal }) => [signal.id, signal]));
  const scanned = new Map(known.scanned.map(({ signal }) => [signal.id, signal]));
  const logged = Map.groupBy(known.logged, ({ signalId }) => signalId);
  const events = Map.groupBy(judged.events, ({ signalId }) => signalId);
  const ids = new Set<SignalId>([...before.keys(), ...judged.world.keys()]);
  const rewritings = [...ids].flatMap((id) => {
    const again: JudgedAgain = {
      before: before.get(id) ?? null,
      scanned: scanned.get(id) ?? null,
      after: judged.world.get(id)?.signal ?? null,
      logged: logged.get(id) ?? [],
      events: events.get(id) ?? [],
      count: known.counts.get(id) ?? 0,
      last,
    };
    return rewrite(again) ?? [];
  });
  const saved: ScanRun = {
    ...run,
    request: { ...run.request, accept: judged.accepted },
    status: "done",
    asOf: last,
    finishedAt: at,
    funnel: judged.result?.funnel ?? null,
    rejects: judged.result?.rejects ?? null,
    diff: diffOfCorrection(rewritings),
    saved: rewritings.length,
    judgedFrom: from,
  };
  const nameEn = nameEnOf(known.master);
  const createdAt = new Map(
    [...known.withdrawn, ...known.stored].map((one) => [one.signal.id, one.createdAt]),
  );
  const signals = rewritings.map(({ signal }) => signal);
  const openCount = countOpen(known.stored, rewritings);
  const gate = judged.gates.at(-1) ?? known.gate;
  return {
    run: saved,
    from,
    signals: rewritings.filter(({ isWithdrawn }) => !isWithdrawn).map(({ signal }) => signal),
    withdrawn: rewritings.filter(({ isWithdrawn }) => isWithdrawn).map(({ signal }) => signal),
    superseded: rewritings.flatMap((one) => one.superseded),
    events: rewritings.flatMap((one) => one.events),
    versions: judged.versions,
    gates: judged.gates,
    reentered: rewritings
      .filter((one) => isReentered(one, before.get(one.signal.id) ?? null, from))
      .map(({ signal }) => signal.id),
    outbox: scanMessages(saved, at, signals, { createdAt, nameEn }, gate, openCount),
    alerts: correctionAlerts({ run: saved, day: last, at, logged: known.logged, rewritings, nameEn }),
  };
}
