/** `/api/kr/study`: what the historical study over the bars of this deployment found, and where the next one stands. */
import * as v from "valibot";
import type { StudyStanding } from "../../app/ports/study.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";
import { formatTradingDay } from "../../core/calendar/trading-day.ts";
import { formatKst } from "../../protocol/format.ts";
import { ExchangeQuery } from "../../protocol/rest/query.ts";
import { type StudyBody, type StudyStatus, StudySummary } from "../../protocol/rest/study.ts";
import { ApiRoutes } from "../request/api-routes.ts";
import { sendDated } from "../request/etag.ts";
import { chosenExchange, type HttpPorts } from "../request/ports.ts";

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
    summary: "The historical study over the bars that this deployment holds.",
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

  return routes;
}
