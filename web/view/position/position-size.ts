/** UI220: how many shares a risk allows, in whole won and whole shares: arithmetic on what a reader typed, no advice. */
import { type PriceGrid, tickUp } from "../../../worker/core/bars/tick-size.ts";
import { INPUT_LIMITS } from "../../store/device/position-inputs.ts";
import { readHundredths, readWon } from "./read-number.ts";

/** What is typed, as it stands in the fields. */
export interface PositionFields {
  readonly equity: string;
  readonly risk: string;
  readonly entry: string;
  readonly stop: string;
}
export type FieldName = keyof PositionFields;

/** In which the risk is typed. */
export type RiskUnit = "percent" | "won";

/** `empty` is no mistake yet; `unreadable` no number; `range` outside of {@link LIMITS}; `not_below` a stop that is not below the entry. */
export type Fault = "empty" | "unreadable" | "range" | "not_below";

/** Smallest and largest value of each field: won, and hundredths of a per cent. */
export const LIMITS: Readonly<Record<FieldName | "won", readonly [least: number, most: number]>> = {
  ...INPUT_LIMITS,
  entry: [1, 100_000_000],
  stop: [1, 100_000_000],
};

/** Whole won; `risk` in hundredths of a per cent of the equity, or in won where `unit` is. */
export interface PositionInput {
  readonly equity: number;
  readonly risk: number;
  readonly entry: number;
  readonly stop: number;
  readonly unit?: RiskUnit;
}

export interface Position {
  /** Whole shares, at times none. */
  readonly shares: number;
  /** What stopped the count: the won at risk, or the equity that the shares cost. */
  readonly boundBy: "risk" | "equity";
  readonly cost: number;
  /** Won lost at the stop, before fees and taxes. */
  readonly atRisk: number;
  /** Won that may be lost: as typed, or the share of the equity, rounded down. */
  readonly budget: number;
  /** Won from entry to stop, a share. */
  readonly oneR: number;
  /** The same over the entry, a fraction. */
  readonly riskOfEntry: number;
  /** One, two and three risks above the entry, on the grid of prices. */
  readonly targets: readonly [one: number, two: number, three: number];
}

export type ReadPosition =
  | { readonly input: PositionInput; readonly faults: null }
  | { readonly input: null; readonly faults: Readonly<Partial<Record<FieldName, Fault>>> };

/** Above this share of the mean volume of a day a position is hard to enter and to leave at one price. */
export const MUCH_OF_VOLUME = 0.01;

/** The value of one field by itself, or what it lacks. */
export function readField(name: FieldName, text: string, unit: RiskUnit = "percent"): number | Fault {
  if (text.trim() === "") {
    return "empty";
  }
  const isPercent = name === "risk" && unit === "percent";
  const value = isPercent ? readHundredths(text) : readWon(text);
  const [least, most] = LIMITS[name === "risk" && !isPercent ? "won" : name];
  return value === null ? "unreadable" : value < least || value > most ? "range" : value;
}

/** At most a tenth of the equity in either unit. */
function readRisk(text: string, equity: number | Fault, unit: RiskUnit): number | Fault {
  const risk = readField("risk", text, unit);
  const isTooMuch =
    unit === "won" && typeof risk === "number" && typeof equity === "number" && risk > equity / 10;
  return isTooMuch ? "range" : risk;
}

/** All four values, or what each field lacks. */
export function readPosition(fields: PositionFields, unit: RiskUnit = "percent"): ReadPosition {
  const equity = readField("equity", fields.equity);
  const risk = readRisk(fields.risk, equity, unit);
  const entry = readField("entry", fields.entry);
  const read = readField("stop", fields.stop);
  const stop = typeof entry === "number" && typeof read === "number" && read >= entry ? "not_below" : read;
  if (
    typeof equity === "number" &&
    typeof risk === "number" &&
    typeof entry === "number" &&
    typeof stop === "number"
  ) {
    const values = { equity, risk, entry, stop };
    return { input: unit === "won" ? { ...values, unit } : values, faults: null };
  }
  const faults = Object.entries({ equity, risk, entry, stop }).filter(
    ([, value]) => typeof value === "string",
  );
  return { input: null, faults: Object.fromEntries(faults) };
}

/**
 * Shares by the risk, and no more than the equity pays for. `input` as {@link readPosition} gives it.
 *
 * @example
 * sizePosition({ equity: 10_000_000, risk: 100, entry: 10_010, stop: 9_490 }, "krx").shares; // 192
 */
export function sizePosition(input: PositionInput, grid: PriceGrid): Position {
  const { equity, risk, entry, stop } = input;
  const oneR = entry - stop;
  // Whole numbers below 2^53 in a BigInt divide without a rounding that could allow one share too many.
  const budget = input.unit === "won" ? risk : Number((BigInt(equity) * BigInt(risk)) / 10_000n);
  const byRisk = Math.floor(budget / oneR);
  const byEquity = Math.floor(equity / entry);
  const shares = Math.min(byRisk, byEquity);
  return {
    shares,
    boundBy: byRisk <= byEquity ? "risk" : "equity",
    cost: shares * entry,
    atRisk: shares * oneR,
    budget,
    oneR,
    riskOfEntry: oneR / entry,
    targets: [tickUp(entry + oneR, grid), tickUp(entry + 2 * oneR, grid), tickUp(entry + 3 * oneR, grid)],
  };
}

/** Of the mean volume of a day, a fraction; `null` while the mean is unknown. */
export function shareOfVolume(shares: number, meanVolume: number | null): number | null {
  return meanVolume === null || meanVolume <= 0 ? null : shares / meanVolume;
}
