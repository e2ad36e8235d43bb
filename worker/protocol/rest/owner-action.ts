/** What the owner did, as the owner may read it. */
import * as v from "valibot";
import { Count, KstTime, listOf } from "../vocabulary.ts";

export const OwnerActionBody = v.object({
  at: KstTime,
  method: v.string(),
  path: v.string(),
  request_id: v.string(),
  /** The address it came from, of IPv6 its network; `null` when it is not known. */
  network: v.nullable(v.string()),
  /** What was answered; `null` while it is under way, or when it did not come to its end. */
  status: v.nullable(Count),
  ended_at: v.nullable(KstTime),
});
export type OwnerActionBody = v.InferOutput<typeof OwnerActionBody>;

/** Newest first. */
export const OwnerActionsBody = v.object({ actions: listOf(OwnerActionBody), count: Count });
export type OwnerActionsBody = v.InferOutput<typeof OwnerActionsBody>;
