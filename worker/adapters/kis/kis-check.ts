/** KI13: each of the vendor's services as an owner's check asks it, with one call where one is enough. */
import type { Answer, DatedRow } from "../../app/ports/market-sources.ts";
import type { AskedService, SampleQuestion, ServiceSample } from "../../app/ports/source-check.ts";
import { TWO_CLOSES_SINCE } from "../../core/bars/origin.ts";
import { tradingDayAt, tradingDayOf } from "../../core/calendar/trading-day.ts";
import type { Ticker } from "../../core/nominal.ts";
import type { Surroundings } from "../upstream/surroundings.ts";
import { CHART_SERVICES, KisHistory } from "./chart-history.ts";
import type { KisAccess } from "./kis-access.ts";
import { KisClient } from "./kis-client.ts";
import { KisMaster, MASTER_SERVICE } from "./master-files.ts";
import { KisSnapshot, QUOTE_SERVICE } from "./multi-quote.ts";
import { CALENDAR_SERVICE, KisSessionOracle } from "./open-days.ts";

/** Quotes and charts are asked of so many names, a chart of each costs a call. */
const QUOTED = 5;
const CHARTED = 3;
/** Some twenty sessions, which one part of a chart holds. */
const CHART_DAYS = 30;

const EMPTY: Omit<ServiceSample, "count"> = { rows: [], tickers: [], sessions: null };

/** The answer with a value read into a sample; any other answer stays as it is. */
function sampled<T>(answer: Answer<T>, read: (value: T) => ServiceSample): Answer<ServiceSample> {
  return answer.status === "ok" ? { ...answer, value: read(answer.value) } : answer;
}

async function charts(history: KisHistory, { day, tickers }: SampleQuestion): Promise<Answer<ServiceSample>> {
  const rows: ServiceSample["rows"][number][] = [];
  const from = tradingDayOf(Math.max(TWO_CLOSES_SINCE, day - CHART_DAYS));
  let last: Answer<readonly DatedRow[]> = { status: "closed" };
  for (const ticker of tickers.slice(0, CHARTED)) {
    last = await history.share(ticker, from, day);
    if (last.status === "denied") {
      return last;
    }
    if (last.status === "ok") {
      rows.push(...last.value.map(({ row, close }) => ({ ticker, row, close })));
    }
  }
  return rows.length > 0 && last.status === "ok"
    ? { ...last, value: { ...EMPTY, count: rows.length, rows } }
    : sampled(last, () => ({ ...EMPTY, count: 0 }));
}

/** Today as the program's clock has it: of every other day these services have nothing. */
async function master(source: KisMaster, now: number): Promise<Answer<ServiceSample>> {
  const answer = await source.instruments(tradingDayAt(now));
  return sampled(answer, (lines) => ({
    ...EMPTY,
    count: lines.length,
    tickers: lines
      .filter(({ kind }) => kind === "common")
      .toSorted((a, b) => (b.listedShares ?? 0) - (a.listedShares ?? 0))
      .slice(0, QUOTED)
      .map(({ ticker }): Ticker => ticker),
  }));
}

/** The master comes first: it needs no key, and names the shares that the others are asked about. */
export function kisServices(
  access: KisAccess,
  beside: KisClient,
  surroundings: Surroundings,
): readonly AskedService[] {
  const client = new KisClient(access, surroundings, beside);
  const history = new KisHistory(client, surroundings);
  const every = { dated: false, keyless: false };
  return [
    {
      ...every,
      name: MASTER_SERVICE,
      gives: "master of the present (the files kospi_code.mst.zip and kosdaq_code.mst.zip)",
      keyless: true,
      ask: () => master(new KisMaster(access, surroundings, true), surroundings.clock.now()),
    },
    {
      ...every,
      name: "tokenP",
      gives: "access token, and so nothing else of this vendor",
      ask: async () => sampled(await client.token(), () => ({ ...EMPTY, count: 1 })),
    },
    {
      ...every,
      name: QUOTE_SERVICE,
      gives: "session of today at 15:40",
      ask: async ({ tickers }) => {
        const answer = await new KisSnapshot(client, surroundings).sample(tickers.slice(0, QUOTED));
        return sampled(answer, (count) => ({ ...EMPTY, count }));
      },
    },
    {
      ...every,
      name: CHART_SERVICES.share,
      gives: "past of single shares",
      ask: (question) => charts(history, question),
    },
    {
      ...every,
      name: CHART_SERVICES.index,
      gives: "close of the indices at 15:40",
      ask: async ({ day }) =>
        sampled(await history.index("KOSPI", tradingDayOf(day - CHART_DAYS), day), ({ length }) => ({
          ...EMPTY,
          count: length,
        })),
    },
    {
      ...every,
      name: CALENDAR_SERVICE,
      gives: "calendar of the vendor",
      ask: async ({ day }) =>
        sampled(await new KisSessionOracle(client, surroundings).sessions(day), (sessions) => ({
          ...EMPTY,
          count: sessions.size,
          sessions,
        })),
    },
  ];
}
