/** KW9: each of the vendor's services as an owner's check asks it, with one call where one is enough. */
import type { Answer, DatedRow } from "../../app/ports/market-sources.ts";
import type { AskedService, SampleQuestion, ServiceSample } from "../../app/ports/source-check.ts";
import { TWO_CLOSES_SINCE } from "../../core/bars/origin.ts";
import { tradingDayAt, tradingDayOf } from "../../core/calendar/trading-day.ts";
import type { Ticker } from "../../core/nominal.ts";
import type { Surroundings } from "../upstream/surroundings.ts";
import { CHART_SERVICES, KiwoomHistory } from "./daily-chart.ts";
import type { KiwoomAccess } from "./kiwoom-access.ts";
import { KiwoomClient } from "./kiwoom-client.ts";
import { KiwoomSnapshot, QUOTE_SERVICE } from "./multi-quote.ts";
import { KiwoomShareList, LIST_SERVICE } from "./share-list.ts";

/** Quotes and charts are asked of so many names, a chart of each costs a call. */
const QUOTED = 5;
const CHARTED = 3;
const CHART_DAYS = 30;

const EMPTY: Omit<ServiceSample, "count"> = { rows: [], tickers: [], sessions: null };

/** The answer with a value read into a sample; any other answer stays as it is. */
function sampled<T>(answer: Answer<T>, read: (value: T) => ServiceSample): Answer<ServiceSample> {
  return answer.status === "ok" ? { ...answer, value: read(answer.value) } : answer;
}

async function charts(
  history: KiwoomHistory,
  { day, tickers }: SampleQuestion,
): Promise<Answer<ServiceSample>> {
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

async function list(source: KiwoomShareList, now: number): Promise<Answer<ServiceSample>> {
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

/** The token comes first, then the list, which names the shares that the others are asked about. */
export function kiwoomServices(
  access: KiwoomAccess,
  beside: KiwoomClient,
  surroundings: Surroundings,
): readonly AskedService[] {
  const client = new KiwoomClient(access, surroundings, beside);
  const history = new KiwoomHistory(client, surroundings);
  const every = { dated: false, keyless: false };
  return [
    {
      ...every,
      name: "au10001",
      gives: "access token, and so nothing else of this vendor",
      ask: async () => {
        const answer = await client.token("au10001");
        return sampled(answer, () => ({ ...EMPTY, count: 1 }));
      },
    },
    {
      ...every,
      name: LIST_SERVICE,
      gives: "master of the present",
      ask: () => list(new KiwoomShareList(client, surroundings), surroundings.clock.now()),
    },
    {
      ...every,
      name: QUOTE_SERVICE,
      gives: "session of today at 15:40",
      ask: async ({ tickers }) => {
        const answer = await new KiwoomSnapshot(client, surroundings).sample(tickers.slice(0, QUOTED));
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
  ];
}
