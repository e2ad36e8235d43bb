/** What a gap of the connection brought, by the lists at both of its ends. */
import type { SignalRow } from "../../../worker/protocol/signal-row.ts";
import type { Gap } from "../../store/gap.ts";
import { changesBetween, companyOf, type SinceChange } from "./since-changes.ts";

/** `ended`: what is known of signals that have ended, by id. One that is not known yet has the name that it had in the list. */
export function gapChanges(
  { before, after }: Gap,
  ended: ReadonlyMap<string, SignalRow>,
): readonly SinceChange[] {
  const names = new Map(before.signals.map((row) => [row.id, companyOf(row)]));
  return changesBetween({
    before: Object.fromEntries(before.signals.map(({ id, state }) => [id, state])),
    asOf: before.generated_at,
    rows: after.signals,
    isComplete: after.signals.length >= after.count,
    ended,
  }).map((change) => ({ ...change, company: change.company ?? names.get(change.id) ?? null }));
}
