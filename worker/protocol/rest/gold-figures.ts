/** What people's judgement says of the rules in force (GO10): the data behind the methodology page, in `gold-figures.json`. */
import * as v from "valibot";
import { Count } from "../vocabulary.ts";

/** One file of judged charts. `positives`: called a VCP or good. `hits`: of them those that the rules list. */
const GoldSet = v.object({ file: v.string(), listed: Count, hits: Count, positives: Count });

/** In the order of their drawing: seen while the rules were chosen; near the list's edge; from what was listed. */
export const GoldFigures = v.object({
  params_version: v.string(),
  sets: v.strictTuple([GoldSet, GoldSet, GoldSet]),
});
export type GoldFigures = v.InferOutput<typeof GoldFigures>;
