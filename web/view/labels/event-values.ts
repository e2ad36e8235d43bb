/** The values of an event that a reader can check, each with its label and its unit. */
import type { SignalEventBody } from "../../../worker/protocol/rest/signal.ts";
import type { Format } from "../../i18n/format.ts";
import type { FormCopy } from "../../i18n/ko-form.ts";

const KNOWN = {
  price: { label: "valuePrice", unit: "price" },
  high: { label: "valueHigh", unit: "price" },
  low: { label: "valueLow", unit: "price" },
  close: { label: "valueClose", unit: "price" },
  pivot: { label: "valuePivot", unit: "price" },
  pivot_before: { label: "valuePivotBefore", unit: "price" },
  entry: { label: "valueEntry", unit: "price" },
  stop: { label: "valueStop", unit: "price" },
  stop_before: { label: "valueStopBefore", unit: "price" },
  volume_ratio: { label: "valueVolume", unit: "ratio" },
  footprint: { label: "valueFootprint", unit: "ratio" },
  footprint_before: { label: "valueFootprintBefore", unit: "ratio" },
  score: { label: "valueScore", unit: "score" },
  grade: { label: "valueGrade", unit: "ratio" },
} as const satisfies Readonly<Record<string, { label: keyof FormCopy; unit: keyof Format }>>;

type Line = readonly [label: string, value: string];

/** Which new extreme changed the pattern; one that this page does not know reads as itself. */
function causeLine(cause: SignalEventBody["values"][string] | undefined, copy: FormCopy): readonly Line[] {
  const known: Readonly<Record<string, string>> = copy.causes;
  return typeof cause === "string" ? [[copy.cause, known[cause] ?? cause]] : [];
}

/** The cause of a revision, and the values of {@link KNOWN}: the count of misses and the like stay in the API. */
export function eventValues(
  values: SignalEventBody["values"],
  copy: FormCopy,
  format: Format,
): readonly Line[] {
  const measured = Object.entries(KNOWN).flatMap(([key, { label, unit }]): readonly Line[] => {
    const value = values[key];
    return value === undefined || typeof value === "boolean"
      ? []
      : [[copy[label], typeof value === "string" ? value : format[unit](value)]];
  });
  return [...causeLine(values["cause"], copy), ...measured];
}
