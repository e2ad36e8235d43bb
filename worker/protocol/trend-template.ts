/** The eight conditions of the trend template (TT), each with what was measured and against which limit. */
import * as v from "valibot";
import { Figure, listOf } from "./vocabulary.ts";

export const TrendTemplateBody = listOf(
  v.object({
    id: v.picklist(["TT1", "TT2", "TT3", "TT4", "TT5", "TT6", "TT7", "TT8"]),
    value: v.nullable(Figure),
    threshold: v.nullable(Figure),
    result: v.picklist(["pass", "fail", "unavailable"]),
  }),
);
