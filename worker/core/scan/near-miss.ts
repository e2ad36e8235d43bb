/** NM1: the rule that stood in the way of a base, with the base that came nearest to be drawn. */
import { baseOf } from "../vcp/base.ts";
import type { BaseReading } from "../vcp/base-reading.ts";
import { answersOf, type BaseSearch } from "../vcp/base-search.ts";
import type { PriceGrid } from "../bars/tick-size.ts";
import type { Params } from "../params.ts";
import type { Strictness } from "../vcp/form-rules.ts";
import type { NearMiss } from "../vcp/verdict.ts";

/** The first unmet rule of the reading that came nearest; without one, of the base that the share has left behind. */
export function nearMissOf(search: BaseSearch, grid: PriceGrid, params: Params): NearMiss {
  const reading = search.nearest() ?? search.former();
  return (reading && missOn(reading, "limit", grid, params)) ?? missWithoutBase(search, params);
}

/** No high tops what is before it and after it: the highest one is too young, or stands under an older one. */
function missWithoutBase(search: BaseSearch, params: Params): NearMiss {
  const { age, under } = search.top;
  const [least] = params.base.bars;
  return age < least
    ? { rule: "BS0", value: age, threshold: least, base: null }
    : { rule: "BS1", value: under, threshold: params.form.BS1.limit, base: null };
}

/** LCI3, why a signal's own base does not stand. Meeting every rule it is too long; without a reading its first bar is gone. */
export function ownMiss(reading: BaseReading | null, grid: PriceGrid, params: Params): NearMiss {
  return (
    (reading && missOn(reading, "keep", grid, params)) ?? {
      rule: "BS0",
      value: reading && reading.length,
      threshold: params.base.bars[1],
      base: reading && baseOf(reading, grid, params).base,
    }
  );
}

/** The first rule that a reading does not meet, with the base that was read; `null` when it meets all. */
function missOn(
  reading: BaseReading,
  strictness: Strictness,
  grid: PriceGrid,
  params: Params,
): NearMiss | null {
  const answer = answersOf(reading, strictness, params).find(({ met }) => !met);
  return answer === undefined
    ? null
    : {
        rule: answer.rule.id,
        value: answer.value,
        threshold: answer.limit,
        base: baseOf(reading, grid, params).base,
      };
}
