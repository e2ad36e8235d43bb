/** The schemas that more than one message or body is made of (RT1: one vocabulary for REST and sockets). */
import * as v from "valibot";
import { INDEX_CODES, INSTRUMENT_KINDS, MARKETS, NOTICES } from "../core/instrument/instrument.ts";
import { FINDING_KINDS } from "../core/session/finding.ts";
import { SIGNAL_STATES } from "../core/vcp/signal-state.ts";

/** The exchanges of the core's profiles (TK2). */
export const ExchangeName = v.picklist(["KRX", "DEMO"]);
/** The boards of KRX. */
export const MarketName = v.picklist(MARKETS);
/** The boards that have an index. */
export const IndexName = v.picklist(INDEX_CODES);
/** What a security is (EL1). */
export const KindName = v.picklist(INSTRUMENT_KINDS);
/** The exchange's notices (EL2). */
export const NoticeName = v.picklist(NOTICES);
/** The vendors of real days; the name stands in the origins of stored rows (DY1). */
export const VendorName = v.picklist(["krx", "kis", "kiwoom"]);
/** Why a vendor refuses, as `Denial` of its port. */
export const DenialName = v.picklist([
  "bad_key",
  "service_not_approved",
  "address_not_allowed",
  "key_in_use",
  "quota",
  "blocked",
]);
/** What the exchange does, as `MarketPhase` of the core (CA4). */
export const PhaseName = v.picklist(["closed", "opening_auction", "open", "closing_auction", "after_market"]);
/** How a price of a session is learnt: trade by trade, or asked for by turns. */
export const WayName = v.picklist(["followed", "polled"]);

/** SC8, best first. */
export const GradeName = v.picklist(["S", "A", "B", "C", "D"]);

/** The states of a signal (LC). */
export const StateName = v.picklist(SIGNAL_STATES);

/** How a signal ended: through a stop after its trigger, its base broken before it, its time over after it, or off the list before it. */
export const EndingName = v.picklist(["stopped", "broken", "over", "left"]);
export type EndingName = v.InferOutput<typeof EndingName>;

/** As `Flag` of the core. */
export const FlagName = v.picklist([
  "young",
  "deep",
  "prov",
  "wide",
  "shakeout",
  "rs_line_high",
  "rs_line_leads",
  "unfillable",
  "relisted",
  "stop_touched",
  "on_pace",
  "extended_live",
  "touched",
  "wick",
  "gap",
  "old_law",
]);

/** As `FindingKind` of the core: what can be wrong with a session as a whole (DY4). */
export const FindingName = v.picklist(FINDING_KINDS);

/** `2025-06-17`: a session of the exchange. */
export const SessionDate = v.pipe(v.string(), v.isoDate());

/** An instant as {@link file://./format.ts} writes it (RT6). */
export const KstTime = v.pipe(v.string(), v.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+09:00$/));

/** A finite number; JSON has no other, and a missing one is `null`. */
export const Figure = v.pipe(v.number(), v.finite());
/** A whole number from 0. */
export const Count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

/** An immutable list of `item`. */
export function listOf<T extends v.GenericSchema>(
  item: T,
): v.SchemaWithPipe<readonly [v.ArraySchema<T, undefined>, v.ReadonlyAction<v.InferOutput<T>[]>]> {
  return v.pipe(v.array(item), v.readonly());
}
