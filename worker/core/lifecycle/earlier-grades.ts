/** LCI6: what grades asked for under earlier parameters. Their scores count other things, so a signal is graded by the conditions that it was listed with. */
import type { Params } from "../params.ts";

const EARLIER: ReadonlyMap<string, Params["grades"]> = new Map([
  [
    "vcp-3",
    {
      S: { rs: 90, score: 75, passed: 8, lastDepth: 0.06, dryUp: 0.6 },
      A: { rs: 90, score: 68, passed: 8, lastDepth: 0.08, dryUp: 0.7 },
      B: { rs: 0, score: 60, passed: 7, lastDepth: 1, dryUp: 1 },
      C: { rs: 0, score: 50, passed: 6, lastDepth: 1, dryUp: 1 },
    },
  ],
]);

/** The conditions of the parameters that listed a signal; of parameters that are not known those in force. */
export function gradesOf(paramsVersion: string, params: Params): Params["grades"] {
  return paramsVersion === params.version ? params.grades : (EARLIER.get(paramsVersion) ?? params.grades);
}
