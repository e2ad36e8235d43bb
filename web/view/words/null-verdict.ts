/** What the shares of contraction shapes say, derived from the figures that stand beside it. */
import type { NullRates } from "../../../worker/protocol/rest/null-rates.ts";
import type { PerformanceWords } from "../../i18n/ko-performance.ts";
import { exceededNulls } from "../../store/null-rates.ts";

export function shapeVerdict(rates: Pick<NullRates, "nulls" | "real">, words: PerformanceWords): string {
  const exceeded = exceededNulls(rates);
  if (exceeded.length === 0) {
    return words.nullEqual;
  }
  const names = { walk: words.nullWalkAmid, shuffled: words.nullShuffledAmid } as const;
  const others = rates.nulls.map(({ kind }) => kind).filter((kind) => !exceeded.includes(kind));
  const list = (kinds: typeof exceeded): string => kinds.map((kind) => names[kind]).join(", ");
  return others.length === 0 ? words.nullBeyond : words.nullMixed(list(exceeded), list(others));
}
