/** A mark of the chart in one line, for its tooltip, its list and what is spoken. */
import type { Format } from "../../i18n/format.ts";
import type { ChartCopy } from "../../i18n/ko-chart.ts";
import type { Dictionary } from "../../i18n/ko.ts";
import type { Mark } from "./data/marks.ts";

/** One glyph a kind, so that colour is not needed; a signal's by how it ended. */
export function markGlyph(mark: Mark): string {
  switch (mark.kind) {
    case "action":
      return "A";
    case "halt":
      return "‖";
    case "signal":
      return mark.state === "FAILED" ? "✕" : mark.state === "EXPIRED" ? "○" : "◆";
  }
}

export function markText(mark: Mark, copy: ChartCopy, text: Dictionary, format: Format): string {
  switch (mark.kind) {
    case "action":
      return copy.markAction(format.fixed(mark.factor, 4));
    case "halt":
      return copy.markHalt(format.integer(mark.bars));
    case "signal": {
      const { grade, state, after } = mark;
      const parts = [copy.markSignal(grade), text[`state${state}`]];
      return [
        ...parts,
        ...(after === null ? [] : [copy.markAfter(format.integer(after.bars), format.change(after.change))]),
      ].join(" · ");
    }
  }
}
