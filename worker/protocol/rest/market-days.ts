/**
 * Days of a real market that another machine collects for a Worker which may not call the vendors: what the Worker wants, and
 * what the vendors answered. Rows are arrays, because a session has 2,700 of them.
 */
import * as v from "valibot";
import { CLOSE_KINDS } from "../../core/bars/origin.ts";
import {
  DenialName,
  Figure,
  IndexName,
  KindName,
  KstTime,
  listOf,
  MarketName,
  NoticeName,
  SessionDate,
  VendorName,
} from "../vocabulary.ts";
import { BackfillBody } from "./owner.ts";

/** As `StepKind` of the day's clock. */
const StepName = v.picklist([
  "official_master",
  "official_day",
  "present_master",
  "evening_snapshot",
  "backfill",
  /** Some shares' whole past, of a vendor that answers it share by share. */
  "past_shares",
]);

/** A board has some 1,800 shares. */
export const MOST_ROWS = 5_000;
/** Of a master, or of the prices of a moment. */
export const MOST_LINES = 10_000;
/** Sessions of one share: eight years. */
const MOST_DAYS = 2_000;
const Key = v.pipe(v.string(), v.minLength(1), v.maxLength(12));
/** Characters of a reason or a name. */
export const LONGEST_TEXT = 500;
const Text = v.pipe(v.string(), v.maxLength(LONGEST_TEXT));
const Cell = v.nullable(Figure);
/** Milliseconds since the epoch. */
const Instant = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

/** Open, high, low, close, volume, value, listed shares, base price of the asked day. */
const Cells = v.tuple([Figure, Figure, Figure, Figure, Figure, Cell, Cell, Cell]);
const KeyedCells = v.tuple([Key, Cells]);
export type KeyedCells = v.InferOutput<typeof KeyedCells>;

/** Ticker, price, open, high, low, volume, value, base price. */
const Quote = v.tuple([Key, Figure, Figure, Figure, Figure, Figure, Cell, Cell]);
/** A day of an index with which close it holds, and whether it is amended no more. */
const DatedCells = v.tuple([SessionDate, Cells, v.picklist(CLOSE_KINDS), v.boolean()]);

/** A line of a master; of a field that the vendor does not publish there is none. */
const Line = v.strictObject({
  ticker: Key,
  name: v.exactOptional(v.nullable(Text)),
  nameEn: v.exactOptional(v.nullable(Text)),
  market: v.exactOptional(v.nullable(MarketName)),
  department: v.exactOptional(v.nullable(Text)),
  industry: v.exactOptional(v.nullable(Text)),
  kind: v.exactOptional(v.nullable(KindName)),
  notice: v.exactOptional(v.nullable(NoticeName)),
  listedOn: v.exactOptional(v.nullable(SessionDate)),
  listedShares: v.exactOptional(v.nullable(v.pipe(Figure, v.minValue(0)))),
});

/** Every way in which an answer is none; `failed` is a vendor that did not answer soundly. */
const NoAnswer = v.variant("status", [
  v.object({ status: v.literal("not_ready"), retry_at: Instant }),
  v.object({ status: v.literal("closed") }),
  v.object({ status: v.literal("denied"), why: DenialName, subject: Text }),
  v.object({ status: v.literal("failed"), text: Text }),
]);
export type NoAnswer = v.InferOutput<typeof NoAnswer>;

/** At most `most` values, and never none: an empty answer is no answer. */
function answerOf<T extends v.GenericSchema>(
  value: T,
  most: number,
): v.VariantSchema<
  "status",
  readonly [
    v.ObjectSchema<
      {
        readonly status: v.LiteralSchema<"ok", undefined>;
        readonly at: typeof Instant;
        readonly value: v.SchemaWithPipe<
          readonly [
            v.ArraySchema<T, undefined>,
            v.MinLengthAction<v.InferOutput<T>[], 1, undefined>,
            v.MaxLengthAction<v.InferOutput<T>[], number, undefined>,
          ]
        >;
      },
      undefined
    >,
    typeof NoAnswer,
  ],
  undefined
> {
  const values = v.pipe(v.array(value), v.minLength(1), v.maxLength(most));
  return v.variant("status", [v.object({ status: v.literal("ok"), at: Instant, value: values }), NoAnswer]);
}

/** An answer to a question for prices of this moment. */
export const QuotesAnswer = answerOf(Quote, MOST_LINES);
export type QuotesAnswer = v.InferOutput<typeof QuotesAnswer>;

/** What a source of closed days states of its rows (DY1). */
const DayFacts = { source: VendorName, close: v.picklist(["regular", "last"]), final: v.boolean() };

/** One question to a vendor, and its answer. */
const Answered = v.variant("call", [
  v.object({
    call: v.literal("day"),
    ...DayFacts,
    board: IndexName,
    answer: answerOf(KeyedCells, MOST_ROWS),
  }),
  v.object({ call: v.literal("indices"), ...DayFacts, answer: answerOf(KeyedCells, 2) }),
  v.object({
    call: v.literal("instruments"),
    source: VendorName,
    /** Whether the vendor has the master as of a session, or of the present alone. */
    of: v.picklist(["session", "present"]),
    day: SessionDate,
    answer: answerOf(Line, MOST_LINES),
  }),
  v.object({ call: v.literal("quotes"), source: VendorName, answer: QuotesAnswer }),
  v.object({
    call: v.literal("index"),
    source: VendorName,
    code: IndexName,
    answer: answerOf(DatedCells, MOST_DAYS),
  }),
  v.object({
    call: v.literal("share"),
    source: VendorName,
    ticker: Key,
    answer: answerOf(DatedCells, MOST_DAYS),
  }),
]);
export type Answered = v.InferOutput<typeof Answered>;

/** One step of the day, with everything that the vendors answered to it. */
export const DayDelivery = v.strictObject({
  kind: StepName,
  day: SessionDate,
  answers: v.pipe(v.array(Answered), v.maxLength(20)),
});
export type DayDelivery = v.InferOutput<typeof DayDelivery>;

/** What is to be asked of the vendors now. */
export const WantedDays = v.object({
  exchange: v.literal("KRX"),
  /** The Worker's clock, by which the steps are due. */
  now: KstTime,
  /** Vendors that this Worker asks itself: of them it takes nothing. */
  asked_here: listOf(VendorName),
  /** Due now, in the order in which they are to be done. */
  steps: listOf(v.object({ kind: StepName, day: SessionDate })),
  /** Whose prices the evening asks for; `null` while no evening is due. */
  tickers: v.nullable(listOf(v.string())),
  /** The past; `next_day` is the next date to ask for. */
  backfill: BackfillBody,
  /** Whose past comes next, with both days included; without a name the indices'. `null` when none does; an older Worker lacks it. */
  shares: v.optional(
    v.nullable(v.object({ from: SessionDate, to: SessionDate, tickers: listOf(v.string()) })),
    null,
  ),
});
export type WantedDays = v.InferOutput<typeof WantedDays>;

/** What became of a delivery, and what is wanted after it. */
export const DeliveryAnswer = v.object({
  kind: StepName,
  day: SessionDate,
  /** `repeated`: it was settled before, and nothing was done. */
  status: v.picklist(["stored", "closed", "not_ready", "denied", "failed", "repeated"]),
  /** What was stored, with what it changed by field, or why nothing was. */
  text: v.string(),
  wanted: WantedDays,
});
export type DeliveryAnswer = v.InferOutput<typeof DeliveryAnswer>;

/** Sessions of the past that may be asked for: eight years. */
export const MOST_SESSIONS: number = 2_000;
