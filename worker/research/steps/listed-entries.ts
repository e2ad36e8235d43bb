/** EV1n: the entries behind one row of the report, from the parts that a study leaves of them. */
import type { ListedEntries, ListedQuery } from "../../app/ports/study.ts";
import type { StudyEntry, StudyGroup } from "../../protocol/rest/study-report.ts";

/** As the groups of a report are keyed; `null` belongs to no group of that kind. */
function keyOf({ grade, contractions, entered_on, gate }: StudyEntry, by: StudyGroup["by"]): string | null {
  switch (by) {
    case "all":
      return "all";
    case "grade":
      return grade;
    case "contractions":
      return contractions === null ? null : `${contractions}T`;
    case "year":
      return entered_on.slice(0, 4);
    case "gate":
      return gate;
  }
}

/** `parts`: the entries of the cohort, the earliest first; each read when it is asked for. */
export function listEntries(parts: Iterable<readonly StudyEntry[]>, query: ListedQuery): ListedEntries {
  const { by, key, horizon, offset, limit } = query;
  const found: StudyEntry[] = [];
  let [closed, sum] = [0, 0];
  for (const part of parts) {
    for (const entry of part) {
      if (keyOf(entry, by) === key) {
        const change = entry.change[horizon];
        closed += change === null ? 0 : 1;
        sum += change ?? 0;
        found.push(entry);
      }
    }
  }
  return { entries: found.toReversed().slice(offset, offset + limit), count: found.length, closed, sum };
}
