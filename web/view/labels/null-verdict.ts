/** The verdict on the contraction shape, derived from the figures that stand beside it. */
import type { NullRates } from "../../../worker/protocol/rest/null-rates.ts";
import type { PerformanceCopy } from "../../i18n/ko-performance.ts";
import { exceededNulls } from "../../store/performance.ts";

/** Stated from the figures of the file, so that the sentence cannot outlive them. */
export function shapeVerdict(rates: Pick<NullRates, "nulls" | "real">, copy: PerformanceCopy): string {
  const exceeded = exceededNulls(rates);
  if (exceeded.length === 0) {
    return copy.nullEqual;
  }
  const names = { walk: copy.nullWalkAmid, shuffled: copy.nullShuffledAmid } as const;
  const others = rates.nulls.map(({ kind }) => kind).filter((kind) => !exceeded.includes(kind));
  const list = (kinds: typeof exceeded): string => kinds.map((kind) => names[kind]).join(", ");
  return others.length === 0 ? copy.nullBeyond : copy.nullMixed(list(exceeded), list(others));
}
