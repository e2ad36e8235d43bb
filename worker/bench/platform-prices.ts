/** What the platform charges beyond what the plan includes, in US dollars (public price lists, November 2026). */

export const PLAN_A_MONTH = 5;

/** Each price for `unit` of what is counted; the first `included` of a month cost nothing. */
export interface Price {
  readonly included: number;
  readonly unit: number;
  readonly dollars: number;
}

/** Requests to Durable Objects: calls and upgrades one each, messages of a socket twenty for one. */
export const OBJECT_REQUESTS: Price = { included: 1e6, unit: 1e6, dollars: 0.15 };
export const MESSAGES_A_REQUEST = 20;
/** Objects that are awake, each billed with 128 MB. */
export const OBJECT_GIGABYTE_SECONDS: Price = { included: 400_000, unit: 1e6, dollars: 12.5 };
export const OBJECT_GIGABYTES = 0.128;
export const ROWS_WRITTEN: Price = { included: 50e6, unit: 1e6, dollars: 1 };
export const WORKER_REQUESTS: Price = { included: 10e6, unit: 1e6, dollars: 0.3 };
export const WORKER_CPU_MS: Price = { included: 30e6, unit: 1e6, dollars: 0.02 };

export function cost(count: number, { included, unit, dollars }: Price): number {
  return (Math.max(0, count - included) / unit) * dollars;
}
