/**
 * Live prices that a machine of the owner's brings over a socket of the feed, where the vendor does not let a Worker in: what the feed
 * asks of the machine, and what the machine sends. Ticks are arrays, because a session has a million of them.
 */
import * as v from "valibot";
import { QuotesAnswer } from "../rest/market-days.ts";
import { DenialName, Figure, SessionDate, VendorName } from "../vocabulary.ts";

/** Of these messages; a machine of another one is refused with what to do. */
export const PUSH_VERSION = 1;
/** In UTF-16 units. */
export const LONGEST_PUSH = 262_144;
/** Names that a vendor follows for one machine. */
const MOST_PUSHED_NAMES = 512;
const MOST_TICKS = 2_000;

/** How the feed ends a socket of a machine, which then stops and states it: connecting again is of no use. */
export const PUSH_CLOSE = {
  version: { code: 4000, reason: "another version of these messages: update the machine that collects" },
  bad: { code: 4002, reason: "a message that cannot be read" },
  replaced: {
    code: 4004,
    reason: "another machine brings the prices now, and the last one counts: begin it on one machine alone",
  },
} as const;

/** A machine whose connection broke on its way, which connects again. */
export const PUSH_SILENT = { code: 4010, reason: "no sign of life came of this machine" } as const;
/** Between two signs of life, where the greeting states that the machine returns them; and how long none may come. */
export const ALIVE_MS = 20_000;
export const SILENT_MS = 50_000;

const Name = v.pipe(v.string(), v.minLength(1), v.maxLength(12));
const Names = v.pipe(v.array(Name), v.maxLength(MOST_PUSHED_NAMES));
/** Milliseconds since the epoch. */
const Instant = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
/** Of a connection or a question, counted by the feed. */
const Id = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
const Detail = v.pipe(v.string(), v.maxLength(500));
const Cell = v.nullable(Figure);

/** Name, day, instant, phase, whether it is halted, price, open, high, low, volume, base price, bid, ask. */
const PushedTick = v.tuple([
  Name,
  SessionDate,
  Instant,
  v.picklist(["session", "auction", "after", "other"]),
  v.boolean(),
  Figure,
  Figure,
  Figure,
  Figure,
  Figure,
  Cell,
  Cell,
  Cell,
]);
export type PushedTick = v.InferOutput<typeof PushedTick>;

/** From the machine. `connection` and `id` are those that the feed has named. */
export const PushedMessage = v.variant("type", [
  v.object({
    type: v.literal("hello"),
    version: v.pipe(v.number(), v.safeInteger()),
    source: VendorName,
    slots: v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(MOST_PUSHED_NAMES)),
    /** The machine returns each `alive`; one of a version before knows none. */
    alive: v.exactOptional(v.literal(true)),
    /** Of the program's run on the machine: a later one may bring what mends a refusal. */
    run: v.exactOptional(v.pipe(v.string(), v.minLength(1), v.maxLength(64))),
  }),
  v.object({ type: v.literal("alive") }),
  v.object({ type: v.literal("up"), connection: Id }),
  v.object({ type: v.literal("down"), connection: Id, denied: v.nullable(DenialName), detail: Detail }),
  /** The vendor has sent something; beside ticks, once in a while. */
  v.object({ type: v.literal("frame"), connection: Id }),
  v.object({ type: v.literal("followed"), connection: Id, names: Names }),
  v.object({
    type: v.literal("ticks"),
    connection: Id,
    ticks: v.pipe(v.array(PushedTick), v.maxLength(MOST_TICKS)),
  }),
  v.object({ type: v.literal("quotes"), id: Id, answer: QuotesAnswer }),
]);
export type PushedMessage = v.InferOutput<typeof PushedMessage>;

/** From the feed. */
export const FeedRequest = v.variant("type", [
  /** A connection to the vendor is to be opened; the one before is over. */
  v.object({ type: v.literal("open"), connection: Id }),
  v.object({ type: v.literal("want"), connection: Id, names: Names }),
  v.object({ type: v.literal("close"), connection: Id }),
  /** To be returned at once. */
  v.object({ type: v.literal("alive") }),
  /** The prices of this moment, once. */
  v.object({ type: v.literal("ask"), id: Id, names: v.pipe(v.array(Name), v.maxLength(3_000)) }),
]);
export type FeedRequest = v.InferOutput<typeof FeedRequest>;
