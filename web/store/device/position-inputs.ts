/** Equity and risk that a reader typed into the calculator, kept on this device; entry and stop belong to a signal and are not. */
import { setAside } from "./set-aside.ts";
import { readJson, readShelf, type Shelf, writeShelf } from "./shelf.ts";

const KEY = "vcp.position";
const OPEN_KEY = "vcp.position.open";

/** Smallest and largest that is taken: won, and hundredths of a per cent of it. */
export const INPUT_LIMITS = {
  equity: [1, 1_000_000_000_000],
  risk: [1, 1_000],
  /** A tenth of the largest equity, as of the per cent. */
  won: [1, 100_000_000_000],
} as const satisfies Readonly<Record<string, readonly [least: number, most: number]>>;

/** Won, and hundredths of a per cent; `null` for what was never typed. */
export interface PositionInputs {
  readonly equity: number | null;
  readonly risk: number | null;
  /** Won at risk, there where the reader gives the risk in won and not in per cent. */
  readonly won?: number | null;
}

function isWithin(
  value: unknown,
  [least, most]: readonly [least: number, most: number],
): value is number | null {
  return (
    value === null ||
    (typeof value === "number" && Number.isInteger(value) && value >= least && value <= most)
  );
}

/** `null` for whatever does not read as both: anybody can write into the storage. */
function parse(stored: unknown): PositionInputs | null {
  if (typeof stored === "object" && stored !== null && "equity" in stored && "risk" in stored) {
    const { equity, risk } = stored;
    if (isWithin(equity, INPUT_LIMITS.equity) && isWithin(risk, INPUT_LIMITS.risk)) {
      // What cannot be read of it is per cent again.
      return "won" in stored && isWithin(stored.won, INPUT_LIMITS.won)
        ? { equity, risk, won: stored.won }
        : { equity, risk };
    }
  }
  return null;
}

/** What cannot be read counts as nothing typed. */
export function readPositionInputs(shelf: Shelf): PositionInputs {
  return parse(readJson(shelf, KEY)) ?? { equity: null, risk: null };
}

/**
 * Whether the device keeps it. What stood there and cannot be read is set aside before it is written over, and stays where
 * there is no room for that. An empty text is what an import leaves of nothing.
 */
export function keepPositionInputs(shelf: Shelf, inputs: PositionInputs): boolean {
  const before = readShelf(shelf, KEY) ?? "";
  const isUnread = before !== "" && parse(readJson(shelf, KEY)) === null;
  if (isUnread && !setAside(shelf, KEY, before)) {
    return false;
  }
  return writeShelf(shelf, KEY, JSON.stringify(inputs));
}

/** Whether the calculator stood open when it was last seen. */
export function isPositionOpen(shelf: Shelf): boolean {
  return readShelf(shelf, OPEN_KEY) === "true";
}

export function keepPositionOpen(shelf: Shelf, isOpen: boolean): void {
  writeShelf(shelf, OPEN_KEY, String(isOpen));
}
