/** Which keys of the storage hold a choice or a typed value: the ones that have no section of their own in the file of a device. */
import { EXCHANGES } from "../../../../worker/core/instrument/instrument.ts";

/** What a reader would call them by, in the order of the preview. */
const GROUPS = {
  settings: [
    "vcp.locale",
    "vcp.theme",
    "vcp.palette",
    "vcp.code-first",
    "vcp.keys",
    "vcp.beside",
    "vcp.chart",
  ],
  calculator: ["vcp.position", "vcp.position.open"],
  visits: EXCHANGES.map((exchange) => `vcp.visit.${exchange}`),
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type ValueGroup = keyof typeof GROUPS;

export const VALUE_KEYS: readonly string[] = Object.values(GROUPS).flat();

export function groupOf(key: string): ValueGroup {
  return GROUPS.visits.some((one) => one === key)
    ? "visits"
    : GROUPS.calculator.some((one) => one === key)
      ? "calculator"
      : "settings";
}
