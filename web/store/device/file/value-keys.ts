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
  alerts: ["vcp.alerts"],
  calculator: ["vcp.position", "vcp.position.open"],
  visits: EXCHANGES.map((exchange) => `vcp.visit.${exchange}`),
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type ValueGroup = keyof typeof GROUPS;

function isGroup(name: string): name is ValueGroup {
  return Object.hasOwn(GROUPS, name);
}

export const VALUE_KEYS: readonly string[] = Object.values(GROUPS).flat();

export function groupOf(key: string): ValueGroup {
  const groups = Object.entries(GROUPS).filter(([, keys]) => keys.some((one) => one === key));
  return groups.map(([group]) => group).find(isGroup) ?? "settings";
}
