/** DY4b: the text of a finding, the same in a run's row, in a problem of the API and on a terminal. */
import { formatTradingDay, midnightOf, type TradingDay } from "../calendar/trading-day.ts";
import type { FindingKind, SessionFinding } from "./finding.ts";

/** Four digits are enough to recognise a factor of 100. */
function ratio(x: number): string {
  return String(Number(x.toPrecision(4)));
}

/** `15:30`: an instant of the day as Seoul's clock shows it. */
function clock(at: number, day: TradingDay): string {
  const minutes = Math.floor((at - midnightOf(day)) / 60_000);
  return [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, "0")).join(":");
}

/** What was found, with its figures; one sentence without its full stop. */
export function describeFinding(x: SessionFinding): string {
  const day = formatTradingDay(x.day);
  switch (x.kind) {
    case "no_session":
      return `${day} is no session of the exchange: ${x.why}`;
    case "still_open":
      return `the rows of ${day} arrived before that session's close at ${clock(x.closesAt, x.day)} in Seoul`;
    case "partial_day":
      return x.close === undefined
        ? `${day} has rows of ${x.rows} tickers, the session before of ${x.before}`
        : `on ${day} ${x.rows} of ${x.before} tickers have the ${x.close} close, the others another one`;
    case "repeats":
      return `on ${day} ${x.repeated} of ${x.rows} tickers repeat the prices and the volume of the session before`;
    case "all_halted":
      return `on ${day} ${x.halted} of ${x.traded} tickers that traded the session before are halted`;
    case "jump":
      return `on ${day} ${x.beyond} of ${x.rows} tickers moved beyond the daily limit, the median price is ${ratio(x.ratio)} times the one before`;
    case "volume_unit":
      return `the median volume of ${day} is ${ratio(x.ratio)} times that of the session before`;
    case "value_unit":
      return `the traded value of ${day} is ${ratio(x.ratio)} times close x volume in the median`;
    case "rebased_history":
      return `an import replaced the closes of ${x.tickers} tickers by ${ratio(x.factor)} times as much over at least ${x.days} days`;
  }
}

const REMEDIES: Readonly<Record<Exclude<FindingKind, "no_session">, string>> = {
  still_open: "Import the final rows after the close.",
  partial_day: "Import the rest of it and scan again.",
  repeats: "Import the session's own rows: these may be the day before under a new date.",
  all_halted: "Import the rows again when the source has them: a source that is not ready publishes zeros.",
  jump: "Import the day again with prices in won, or the session before it, when that is the wrong one.",
  volume_unit:
    "Import the day again with volumes in shares, or the session before it, when that is the wrong one.",
  value_unit: "Import the day again with traded values in won.",
  rebased_history: "Import raw prices: adjusted closes of another day do not fit those that are stored.",
};

function repairOf({ kind, day }: SessionFinding): string {
  return kind === "no_session"
    ? `Take the day out: npm run remove -- --day ${formatTradingDay(day)} --yes; its rows may belong to another date.`
    : REMEDIES[kind];
}

/** What to do about it, and how to go on all the same. */
export function remedyOf(x: SessionFinding): string {
  const { kind } = x;
  return `${repairOf(x)} When the rows are right: npm run import -- FILE --use --accept ${kind}, npm run scan -- ... --accept ${kind}, or POST /api/kr/scan {"accept":["${kind}"]}.`;
}

/** The figures of a finding by their names; days and instants as the numbers they are. */
export function figuresOf({
  kind: _kind,
  day: _day,
  ...figures
}: SessionFinding): Readonly<Record<string, number | string>> {
  return figures;
}
