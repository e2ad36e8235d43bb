/**
 * The sources of a real market measured where they are asked from: which service the key opens, the newest day, the clock, the
 * calendar and the kind of close. Nothing of it could be measured before an owner's first use, because no vendor was ever called.
 */
import { assert } from "../../../core/assert.ts";
import {
  formatTradingDay,
  midnightOf,
  type TradingDay,
  tradingDayAt,
} from "../../../core/calendar/trading-day.ts";
import { parseTicker } from "../../../core/instrument/ticker.ts";
import type { Ticker } from "../../../core/nominal.ts";
import type { Clock } from "../../ports/clock.ts";
import { type Log, logFailure } from "../../ports/log.ts";
import type { Answer } from "../../ports/market-sources.ts";
import type {
  AskedService,
  CheckedSource,
  SampleRow,
  ServiceSample,
  SourceFinding,
} from "../../ports/source-check.ts";
import { MORNING_MS } from "./market-clock.ts";
import { sessionsBefore } from "./session-days.ts";
import {
  closePairs,
  DENIAL_REMEDIES,
  FAILURE_REMEDY,
  judgeCalendar,
  judgeClock,
  judgeCloses,
} from "./source-findings.ts";

export interface CheckPorts {
  readonly clock: Clock;
  readonly log: Log;
}

/** So many sessions back the newest published one is looked for. */
const LOOKED_BACK = 3;
/** Closed sessions are published at eight and asked for until ten; later than that is late. */
const [PUBLISHED_MS, LATE_MS] = MORNING_MS;
/** A vendor that failed so often in a row is out of reach: each further call would wait for its whole time. */
const FAILURES = 2;

/** Listed since 1975; asked about where no source names a share. */
const WELL_KNOWN = "005930";

/** A finding of the vendor that is checked. */
type OwnFinding = Omit<SourceFinding, "source">;

/** One vendor, service by service. */
class SourceChecker {
  readonly findings: SourceFinding[] = [];
  readonly #source: CheckedSource;
  readonly #ports: CheckPorts;
  readonly #today: TradingDay;
  readonly #rows: SampleRow[] = [];
  #tickers: readonly Ticker[] = [];
  #newest: TradingDay | null = null;
  #failures = 0;
  /** What the vendor refused as a whole. */
  #isRefused = false;
  #unasked: string[] = [];

  constructor(source: CheckedSource, ports: CheckPorts) {
    this.#source = source;
    this.#ports = ports;
    this.#today = tradingDayAt(ports.clock.now());
  }

  async run(): Promise<readonly SourceFinding[]> {
    for (const service of this.#source.services) {
      if ((this.#isRefused && !service.keyless) || this.#failures >= FAILURES) {
        this.#unasked.push(service.name);
      } else {
        await this.#check(service);
      }
    }
    if (this.#unasked.length > 0) {
      const why = this.#isRefused ? "the vendor refuses all of them" : "the vendor does not answer";
      this.#add({
        mark: "warning",
        about: "services",
        what: `Not asked, because ${why}: ${this.#unasked.join(", ")}.`,
        remedy: null,
      });
    }
    await this.#closeOf();
    this.#newestDay();
    const skew = this.#source.skewMs();
    if (skew !== null) {
      this.#add({ about: "clock", ...judgeClock(skew) });
    }
    return this.findings;
  }

  #add(finding: OwnFinding): void {
    this.findings.push({ source: this.#source.id, ...finding });
  }

  async #check(service: AskedService): Promise<void> {
    const answer = await this.#ask(service, this.#daysOf(service));
    if (answer === null) {
      return;
    }
    this.#failures = 0;
    switch (answer.status) {
      case "ok": {
        this.#take(service, answer.value);
        break;
      }
      case "not_ready": {
        this.#notReady(service, answer.retryAt);
        break;
      }
      case "closed": {
        this.#add({
          mark: "ok",
          about: service.name,
          what: "The key is valid; there is no session to ask for.",
          remedy: null,
        });
        break;
      }
      case "denied": {
        this.#isRefused ||= answer.why !== "service_not_approved" && !service.keyless;
        const isOwn = answer.why === "service_not_approved" || service.keyless;
        const loss = isOwn ? ` Without it there is no ${service.gives}.` : "";
        const what = `${answer.why}: ${answer.subject}.${loss}`;
        this.#add({
          mark: "fault",
          about: isOwn ? service.name : "key",
          what,
          remedy: DENIAL_REMEDIES[answer.why],
        });
        break;
      }
    }
  }

  /** For closed sessions the newest published one, which the first service that has any shows. */
  #daysOf({ dated }: AskedService): readonly TradingDay[] {
    if (!dated) {
      return [this.#today];
    }
    return this.#newest === null ? sessionsBefore(this.#today, LOOKED_BACK).toReversed() : [this.#newest];
  }

  /** The first day with an answer that is more than "not yet"; `null` when the vendor failed. */
  async #ask(service: AskedService, days: readonly TradingDay[]): Promise<Answer<ServiceSample> | null> {
    const known = parseTicker("KRX", WELL_KNOWN);
    assert(known !== null, `${WELL_KNOWN} is a ticker`);
    const tickers = this.#tickers.length > 0 ? this.#tickers : [known];
    let answer: Answer<ServiceSample> = { status: "closed" };
    try {
      for (const day of days) {
        answer = await service.ask({ day, tickers });
        if (answer.status !== "not_ready") {
          this.#newest ??= answer.status === "ok" && service.dated ? day : null;
          break;
        }
      }
    } catch (error) {
      this.#failures += 1;
      logFailure(this.#ports.log, "source_check_failed", error, {
        source: this.#source.id,
        service: service.name,
      });
      const why = error instanceof Error ? error.message : String(error);
      this.#add({
        mark: "fault",
        about: service.name,
        what: `${why}. Without it there is no ${service.gives}.`,
        remedy: FAILURE_REMEDY,
      });
      return null;
    }
    return answer;
  }

  #take(service: AskedService, { count, rows, tickers, sessions }: ServiceSample): void {
    this.#rows.push(...rows);
    this.#tickers = this.#tickers.length > 0 ? this.#tickers : tickers;
    const isEmpty = count === 0;
    this.#add({
      mark: isEmpty ? "warning" : "ok",
      about: service.name,
      what: isEmpty
        ? "The key is valid, and nothing came."
        : count === 1
          ? "Serves."
          : `Serves; ${count} entries.`,
      remedy: isEmpty ? FAILURE_REMEDY : null,
    });
    if (sessions !== null) {
      this.#add({ about: "calendar", ...judgeCalendar(sessions) });
    }
  }

  #notReady({ name, dated }: AskedService, retryAt: number): void {
    const seconds = Math.max(1, Math.ceil((retryAt - this.#ports.clock.now()) / 1_000));
    this.#add(
      dated
        ? {
            mark: "warning",
            about: name,
            what: "The key is valid, and the newest session is not published here yet.",
            remedy: null,
          }
        : { mark: "warning", about: name, what: "Not now.", remedy: `Look at it again in ${seconds} s.` },
    );
  }

  /** The session before the newest one too, where the source has closed sessions: its closes tell which close they are. */
  async #closeOf(): Promise<void> {
    const [service] = this.#source.services;
    const before = this.#newest === null ? undefined : sessionsBefore(this.#newest, 1)[0];
    if (
      before !== undefined &&
      service?.dated === true &&
      this.#rows.length > 0 &&
      this.#failures < FAILURES
    ) {
      const answer = await this.#ask(service, [before]);
      this.#rows.push(...(answer?.status === "ok" ? answer.value.rows : []));
    }
    const judged = judgeCloses(
      closePairs(this.#rows, new Set(this.#source.services.some(({ dated }) => dated) ? this.#tickers : [])),
    );
    if (judged !== null) {
      this.#add({ about: "kind of close", ...judged });
    }
  }

  #newestDay(): void {
    if (this.#newest === null) {
      return;
    }
    const now = this.#ports.clock.now();
    const time = now - midnightOf(this.#today);
    const [last] = sessionsBefore(this.#today, 1);
    const isExpected = last !== undefined && this.#newest < last && time >= PUBLISHED_MS;
    const day = formatTradingDay(this.#newest);
    const mark = !isExpected ? "ok" : time < LATE_MS ? "warning" : "fault";
    this.#add({
      mark,
      about: "newest day",
      what: isExpected ? `${day}; ${formatTradingDay(last)} is due and not published.` : `${day}.`,
      remedy: isExpected
        ? "Nothing: it is asked for every ten minutes until ten o'clock in Seoul, and again on the next mornings."
        : null,
    });
  }
}

/**
 * Every vendor beside the others, so that one that keeps silent delays no other. Never rejects for a vendor's failure.
 * A denial that was remembered is no reason not to ask: one that stands costs one call, one that is over is forgotten (UP6).
 */
export async function checkSources(
  sources: readonly CheckedSource[],
  ports: CheckPorts,
): Promise<readonly SourceFinding[]> {
  const found = await Promise.all(sources.map((source) => new SourceChecker(source, ports).run()));
  return found.flat();
}
