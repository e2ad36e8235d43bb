/** `/api/kr/study`: what the historical study over the bars of this deployment found, which entries that is, and where the next one stands. */
import * as v from "valibot";
import type { StudyStanding } from "../../app/ports/study.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";
import { formatTradingDay } from "../../core/calendar/trading-day.ts";
import { LEAST_SAMPLE } from "../../core/outcome/sample-summary.ts";
import { formatDay, formatKst } from "../../protocol/format.ts";
import type { StudyEntriesBody } from "../../protocol/rest/outcome-list.ts";
import { ExchangeQuery, StudyEntriesQuery } from "../../protocol/rest/query.ts";
import { type StudyBody, type StudyStatus, StudySummary } from "../../protocol/rest/study.ts";
import { ApiRoutes } from "../request/api-routes.ts";
import { decodeCursor, encodeCursor } from "../request/cursor.ts";
import { sendDated } from "../request/etag.ts";
import { chosenExchange, type HttpPorts } from "../request/ports.ts";
import { Refusal } from "../request/problem-response.ts";
import { shareNames } from "../request/share-names.ts";

function encodeStanding(
  exchange: Exchange,
  { isDue, running, made, stopped }: StudyStanding,
  now: number,
): StudyStatus {
  return {
    exchange,
    is_due: isDue,
    running: running && {
      as_of: formatTradingDay(running.asOf),
      started_at: formatKst(running.startedAt),
      done: running.done,
    },
    made: made && {
      as_of: formatTradingDay(made.asOf),
      params_version: made.paramsVersion,
      started_at: formatKst(made.startedAt),
      ended_at: formatKst(made.endedAt),
    },
    stopped: stopped && { at: formatKst(stopped.at), reason: stopped.reason },
    generated_at: formatKst(now),
  };
}

const StoredReport = v.pipe(v.string(), v.parseJson(), StudySummary);

/** Private until its owner opens it, as everything of a real exchange (RD2). */
export function studyRoutes(ports: HttpPorts): ApiRoutes {
  const routes = new ApiRoutes(ports);

  /** A report that an older version stored in another form is none; the next scan has it made anew. */
  function readReport(exchange: Exchange, text: string | null): StudySummary | null {
    if (text === null) {
      return null;
    }
    const read = v.safeParse(StoredReport, text);
    if (!read.success) {
      ports.log.write("error", "study_report_not_read", { exchange, reason: read.issues[0].message });
    }
    return read.success ? read.output : null;
  }

  routes.get("/", {
    summary: "The backtest (historical study) over the bars that this deployment holds.",
    query: ExchangeQuery,
    answer: { schema: "Study" },
    handle: async (c, query) => {
      const exchange = await chosenExchange(ports, query.exchange);
      const book = ports.book(exchange);
      const [standing, text] = await Promise.all([book.studies(), book.studyReport()]);
      const body: StudyBody = {
        ...encodeStanding(exchange, standing, ports.clock.now()),
        report: readReport(exchange, text),
      };
      return await sendDated(c, body);
    },
  });

  routes.get("/status", {
    summary:
      "Where the historical study stands: the one that goes on with its progress, and the last that ended.",
    query: ExchangeQuery,
    answer: { schema: "StudyStatus" },
    handle: async (c, query) => {
      const exchange = await chosenExchange(ports, query.exchange);
      const standing = await ports.book(exchange).studies();
      return await sendDated(c, encodeStanding(exchange, standing, ports.clock.now()));
    },
  });

  routes.get("/entries", {
    summary:
      "The entries behind a row of the historical study, the latest first. Baselines have figures only.",
    query: StudyEntriesQuery,
    answer: { schema: "StudyEntries" },
    example: { query: "?cohort=signal_trigger&by=grade&key=A&horizon=20" },
    handle: async (c, query) => await sendDated(c, await listStudied(ports, query)),
  });

  return routes;
}

/** Where a page ended: the end of the study that it is of, and the place in the row. */
const Place = v.strictTuple([
  v.pipe(v.number(), v.safeInteger()),
  v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
]);

async function listStudied(
  ports: HttpPorts,
  { cursor, ...query }: v.InferOutput<typeof StudyEntriesQuery>,
): Promise<StudyEntriesBody> {
  const { cohort, by, key, horizon, limit } = query;
  const [of, offset] = decodeCursor(cursor, Place) ?? [null, 0];
  const exchange = await chosenExchange(ports, query.exchange);
  const found = await ports.book(exchange).studyEntries({ cohort, by, key, horizon, offset, limit });
  if (of !== null && of !== found?.made.endedAt) {
    throw new Refusal("bad-query", {
      detail: "cursor: is of a study that another has replaced; ask for the first page again",
      field: "cursor",
    });
  }
  const { made = null, entries = [], count = 0, closed = 0, sum = 0 } = found ?? {};
  const nameOf = await shareNames(
    ports,
    exchange,
    entries.map(({ ticker }) => ticker),
  );
  const next = offset + entries.length;
  return {
    exchange,
    params_version: made?.paramsVersion ?? null,
    as_of: formatDay(made?.asOf ?? null),
    cohort,
    by,
    key,
    horizon,
    count,
    closed,
    mean: closed < LEAST_SAMPLE ? null : sum / closed,
    entries: entries.map((entry) => ({ ...entry, ...nameOf(entry.ticker) })),
    next_cursor:
      made !== null && next < count && entries.length > 0 ? encodeCursor([made.endedAt, next]) : null,
    generated_at: formatKst(ports.clock.now()),
  };
}
