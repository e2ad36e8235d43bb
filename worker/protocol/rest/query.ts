/** What the routes take in query and body (RT4): a value outside its range is refused, never clamped or guessed. */
import * as v from "valibot";
import { CLOSE_KINDS } from "../../core/bars/origin.ts";
import { FINDING_KINDS } from "../../core/session/finding.ts";
import { exchangeOf } from "../../core/instrument/exchange-profile.ts";
import { parseTradingDay, tradingDayOf } from "../../core/calendar/trading-day.ts";
import { MOST_EVENTS } from "./alert-events.ts";
import { AlertId } from "./alert-rules.ts";
import { MOST_DELIVERIES } from "./alerts.ts";
import { Period } from "./chart.ts";
import { MOST_SESSIONS } from "./market-days.ts";
import {
  EndingName,
  ExchangeName,
  FindingName,
  GradeName,
  MarketName,
  SessionDate,
  StateName,
} from "../vocabulary.ts";

/** What the document states of a value, as JSON Schema: a number, where the URL has text. */
export const QueryValue = v.object({
  type: v.picklist(["integer", "number", "string", "boolean"]),
  minimum: v.optional(v.number()),
  maximum: v.optional(v.number()),
  description: v.optional(v.string()),
});
export type QueryValue = v.InferOutput<typeof QueryValue>;

/** Decimal digits only: `1e1`, ` 5`, `05`, `+5` and the empty text are not integers here. */
function integer(min: number, max: number): v.GenericSchema<string, number> {
  const range = `must be an integer from ${min} to ${max}`;
  return v.pipe(
    v.string(range),
    v.regex(/^(?:0|[1-9][0-9]{0,8})$/, range),
    v.metadata({ type: "integer", minimum: min, maximum: max } satisfies QueryValue),
    v.transform(Number),
    v.minValue(min, range),
    v.maxValue(max, range),
  );
}

function decimal(min: number, max: number): v.GenericSchema<string, number> {
  const range = `must be a number from ${min} to ${max}`;
  return v.pipe(
    v.string(range),
    v.regex(/^(?:0|[1-9][0-9]{0,8})(?:\.[0-9]{1,9})?$/, range),
    v.metadata({ type: "number", minimum: min, maximum: max } satisfies QueryValue),
    v.transform(Number),
    v.minValue(min, range),
    v.maxValue(max, range),
  );
}

/** Every read route: another exchange than the active one. */
const exchange = v.optional(ExchangeName);
/** The opaque `next_cursor` of the page before; only the routes can read it. */
const cursor = v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(400)));

/** For routes that take nothing else. */
export const ExchangeQuery = v.object({ exchange });

/** `/signals`: filters and the page. */
export const SignalsQuery = v.object({
  exchange,
  cursor,
  limit: v.optional(integer(1, 100), "50"),
  market: v.optional(MarketName),
  state: v.optional(StateName),
  min_score: v.optional(decimal(0, 100)),
  grade: v.optional(GradeName),
});

/** The best of the list, without pages. */
export const VcpSignalsQuery = v.object({
  exchange,
  limit: v.optional(integer(1, 50), "10"),
  market: v.optional(MarketName),
});

/** `/events`: those after a position, oldest first, or without one the newest. */
export const AlertEventsQuery = v.object({
  exchange,
  after: v.optional(integer(0, 999_999_999)),
  limit: v.optional(integer(1, MOST_EVENTS), "100"),
});
/** The log of what was sent, newest first. */
export const DeliveriesQuery = v.object({
  rule: v.optional(AlertId),
  limit: v.optional(integer(1, MOST_DELIVERIES), "50"),
});
/** `/feed.xml`, and the language of a test. */
export const FeedQuery = v.object({ lang: v.optional(v.picklist(["ko", "en"]), "ko") });
/** The owner's log, newest first. */
export const ActionsQuery = v.object({ limit: v.optional(integer(1, 500), "50") });
/** `/runs`, newest first. */
export const RunsQuery = v.object({ exchange, limit: v.optional(integer(1, 100), "20") });
/** `/market-gate/history`: 60 sessions are a quarter. */
export const GateHistoryQuery = v.object({ exchange, limit: v.optional(integer(1, 500), "60") });
/** `/performance`: one version of the rules at a time, since their outcomes do not add up. */
export const PerformanceQuery = v.object({
  exchange,
  /** Another version of the rules than the one that measures now. */
  params_version: v.optional(
    v.pipe(v.string(), v.regex(/^[a-z0-9.-]{1,40}$/, "must be a version of the rules, such as vcp-1")),
  ),
});
const key = v.optional(
  v.pipe(v.string(), v.regex(/^[A-Za-z0-9_]{1,16}$/, "must be a key of the group")),
  "all",
);
const page = v.optional(integer(1, 100), "50");
const horizon = v.optional(
  v.pipe(
    v.picklist(["5", "10", "20", "60"], "must be 5, 10, 20 or 60"),
    v.transform((text): 5 | 10 | 20 | 60 =>
      text === "5" ? 5 : text === "10" ? 10 : text === "20" ? 20 : 60,
    ),
  ),
  "20",
);

/** `/performance/signals`: the signals of one row, and the page. `fill` has those of an order's fate, also unmeasured ones. */
export const PerformanceSignalsQuery = v.object({
  ...PerformanceQuery.entries,
  by: v.optional(v.picklist(["all", "grade", "contractions", "gate", "fill"]), "all"),
  key,
  horizon,
  cursor,
  limit: page,
});
/** `/study/entries`: those of one row of the study, and the page. Baselines have their figures only. */
export const StudyEntriesQuery = v.object({
  exchange,
  cohort: v.optional(v.picklist(["signal_trigger", "signal_open"]), "signal_trigger"),
  by: v.optional(v.picklist(["all", "grade", "contractions", "year", "gate"]), "all"),
  key,
  horizon,
  cursor,
  limit: page,
});
/** `/stocks/{ticker}/chart`. */
export const ChartQuery = v.object({ exchange, period: v.optional(Period, "1y") });

/** `/stocks`: a search by name or ticker; an empty text finds all. */
export const StocksQuery = v.object({
  exchange,
  q: v.optional(v.pipe(v.string(), v.maxLength(50), v.trim()), ""),
  limit: v.optional(integer(1, 100), "20"),
});

const TICKERS = "must be 1 to 100 tickers, separated by commas";

/** Tickers in upper case, each once, in the order asked. */
export const PricesQuery = v.object({
  exchange,
  tickers: v.pipe(
    v.string(TICKERS),
    v.metadata({ type: "string", description: "1 to 100 tickers, separated by commas" } satisfies QueryValue),
    v.transform((text) => text.toUpperCase().split(",")),
    v.check(
      (tickers) => tickers.length <= 100 && tickers.every((ticker) => exchangeOf(ticker) !== null),
      TICKERS,
    ),
    v.transform((tickers) => [...new Set(tickers)]),
  ),
});

const flag = v.pipe(
  v.picklist(["true", "false", "1", "0"]),
  v.metadata({ type: "boolean" } satisfies QueryValue),
  v.transform((text) => text === "true" || text === "1"),
);

/** An import names its exchange, so that a file never lands in the wrong book. */
export const ImportQuery = v.object({ exchange: ExchangeName });

/** Days that another machine collects: what it can ask the vendors for, and how many sessions of the past are to be there. */
export const CollectQuery = v.object({
  exchange: v.picklist(["KRX"], "must be KRX, the one exchange that has vendors"),
  official: v.optional(flag, "false"),
  master: v.optional(flag, "false"),
  present: v.optional(flag, "false"),
  snapshot: v.optional(flag, "false"),
  history: v.optional(flag, "false"),
  sessions: v.optional(integer(1, MOST_SESSIONS), "400"),
});

const Day = v.pipe(
  v.string("must be a date such as 2025-06-17"),
  v.metadata({ type: "string", description: "a date such as 2025-06-17" } satisfies QueryValue),
  v.transform(parseTradingDay),
  v.check((day) => day !== null, "must be a date such as 2025-06-17"),
  v.transform((day) => tradingDayOf(day ?? 0)),
);

/** `/archive`: the archive. Both days are included. */
export const EndedSignalsQuery = v.object({
  exchange,
  cursor,
  limit: page,
  market: v.optional(MarketName),
  /** As it was at the end. */
  grade: v.optional(GradeName),
  /** Listed before its entry level was reached. */
  entry_grade: v.optional(GradeName),
  ending: v.optional(EndingName),
  from: v.optional(Day),
  to: v.optional(Day),
  /** In the ticker or a name. */
  q: v.optional(v.pipe(v.string(), v.maxLength(50), v.trim()), ""),
});

/** A removal names its exchange and its day; without a ticker the day leaves whole. */
export const RemovalQuery = v.object({
  exchange: ExchangeName,
  day: Day,
  ticker: v.optional(
    v.pipe(
      v.string(),
      v.regex(/^[0-9A-Za-z]{1,12}$/),
      v.transform((text) => text.toUpperCase()),
    ),
  ),
});

/** Tickers after `after` in their order. */
export const ExportQuery = v.object({
  exchange: ExchangeName,
  after: v.optional(v.pipe(v.string(), v.regex(/^[0-9A-Z]{0,6}$/)), ""),
  limit: v.optional(integer(1, 200), "100"),
  /** Rows of this day and later ones only. */
  from: v.optional(SessionDate),
  /** A further column with where each row came from, as a backup keeps it. */
  origin: v.optional(flag, "false"),
});

/** A chunked upload names its file set, the number of this chunk from 0, and whether it is the last; a file sent whole names none. */
export const BarsQuery = v.pipe(
  v.object({
    exchange: ExchangeName,
    first_line: v.optional(integer(1, 999_999_999), "2"),
    import: v.optional(v.pipe(v.string(), v.regex(/^[A-Za-z0-9._-]{1,128}$/))),
    chunk: v.optional(integer(0, 99_999)),
    last: v.optional(flag, "false"),
    /** IG20: which close the rows from 2026-09-14 on hold. */
    close: v.optional(v.picklist(CLOSE_KINDS)),
  }),
  v.forward(
    v.check(
      (query) => (query.import === undefined) === (query.chunk === undefined),
      "goes together with import",
    ),
    ["chunk"],
  ),
);

/** An unknown field is refused: a misspelt filter must not scan without it. */
export const ScanBody = v.strictObject({
  market: v.nullish(MarketName, null),
  top_n: v.optional(v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(500)), 30),
  min_score: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(100)), 0),
  /** Findings on the session that the scan goes on with all the same. */
  accept: v.optional(v.pipe(v.array(FindingName), v.maxLength(FINDING_KINDS.length)), []),
});

/** `from`: every session from this day on, whether its rows changed or not. */
export const CorrectionRequest = v.strictObject({
  from: v.nullish(Day, null),
  accept: v.optional(v.pipe(v.array(FindingName), v.maxLength(FINDING_KINDS.length)), []),
});

/** The name of the exchange that is to be emptied. */
export const EmptyRequest = v.strictObject({ empty: ExchangeName });

/** The exchange to switch to. */
export const ExchangeBody = v.strictObject({ exchange: ExchangeName });

/** Exactly one command. */
export const DemoBody = v.union([
  v.strictObject({ pause: v.literal(true) }),
  v.strictObject({ resume: v.literal(true) }),
  v.strictObject({ advance: v.picklist(["tick", "session"]) }),
]);
export type DemoBody = v.InferOutput<typeof DemoBody>;
