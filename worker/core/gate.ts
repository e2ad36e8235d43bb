/** GT: can one act today? One number from index trend and breadth, with every component shown. */
import type { TradingDay } from "./trading-day.ts";

export type GateStatus = "GREEN" | "YELLOW" | "RED" | "UNKNOWN";
export type IndexCode = "KOSPI" | "KOSDAQ";

export interface GateComponent {
  readonly id: string;
  readonly value: number | null;
  readonly threshold: number;
  /** `null`: unavailable; it leaves numerator and denominator. */
  readonly points: number | null;
  readonly max: number;
}

export interface SectorBreadth {
  readonly sector: string;
  readonly count: number;
  /** Mean change of the day, and the share of names above their 50-bar mean; fractions. */
  readonly change: number;
  readonly aboveMean50: number;
}

export interface MarketGate {
  readonly day: TradingDay;
  readonly status: GateStatus;
  /** 0..100 over the available points; `null` when none is. */
  readonly level: number | null;
  /** Available points / 100. */
  readonly confidence: number;
  readonly indices: Readonly<Record<IndexCode, { readonly close: number; readonly change: number | null } | null>>;
  readonly components: readonly GateComponent[];
  readonly sectors: readonly SectorBreadth[];
}
