/** How the rules stand beside people's judgement: figures counted once a version of the rules, and built into the page. */
import * as v from "valibot";
import text from "../../worker/protocol/rest/gold-figures.json?raw";
import { GoldFigures } from "../../worker/protocol/rest/gold-figures.ts";

export function readGoldFigures(): GoldFigures {
  return v.parse(GoldFigures, JSON.parse(text));
}
