/** Turns the gate's components into reasons that a person can read: the group, the label's key, the unit, the outcome. */
import type { MarketGateData } from "../../../worker/protocol/market-gate.ts";

type Component = MarketGateData["components"][number];

/** The format of a value, by its name. */
type Unit = "index" | "integer" | "change" | "percent";

const KINDS = {
  above20: { label: "gateAbove20", unit: "index", fewer: false },
  above50: { label: "gateAbove50", unit: "index", fewer: false },
  above200: { label: "gateAbove200", unit: "index", fewer: false },
  rising50: { label: "gateRising50", unit: "index", fewer: false },
  distribution: { label: "gateDistribution", unit: "integer", fewer: true },
  change: { label: "gateChange", unit: "change", fewer: false },
  "breadth.above50": { label: "gateShare50", unit: "percent", fewer: false },
  "breadth.above200": { label: "gateShare200", unit: "percent", fewer: false },
  "breadth.newHighs": { label: "gateNewHighs", unit: "change", fewer: false },
  "breadth.advancers": { label: "gateAdvancers", unit: "percent", fewer: false },
} as const satisfies Readonly<Record<string, { label: string; unit: Unit; fewer: boolean }>>;

type Kind = (typeof KINDS)[keyof typeof KINDS];

/** A component of the gate in terms of the page. */
export interface GateReason {
  readonly label: Kind["label"] | "gateOther";
  readonly unit: Unit;
  /** Fewer is better. */
  readonly fewer: boolean;
  readonly value: number | null;
  readonly threshold: number | null;
  readonly points: number | null;
  readonly max: number;
  readonly outcome: "full" | "part" | "none" | "missing";
}

/** The components of one index, or of the market's breadth. */
export interface GateGroup {
  /** The index; `null` for the breadth of the market. */
  readonly code: string | null;
  readonly reasons: readonly GateReason[];
}

const BY_NAME: ReadonlyMap<string, Kind> = new Map(Object.entries(KINDS));

function outcomeOf({ points, max }: Component): GateReason["outcome"] {
  if (points === null) {
    return "missing";
  }
  return points >= max ? "full" : points > 0 ? "part" : "none";
}

function reasonOf(component: Component, name: string): GateReason {
  const kind = BY_NAME.get(name) ?? { label: "gateOther", unit: "index", fewer: false };
  const { value, threshold, points, max } = component;
  return { ...kind, value, threshold, points, max, outcome: outcomeOf(component) };
}

/** Groups in the order in which they come; an id that this page does not know yet is still shown. */
export function gateGroups(components: MarketGateData["components"]): readonly GateGroup[] {
  const groups = new Map<string | null, GateReason[]>();
  for (const component of components) {
    const [head = "", tail = ""] = component.id.split(".");
    const breadth = head === "breadth";
    const key = breadth ? null : head;
    groups.set(key, [...(groups.get(key) ?? []), reasonOf(component, breadth ? component.id : tail)]);
  }
  return Array.from(groups, ([code, reasons]) => ({ code, reasons }));
}
