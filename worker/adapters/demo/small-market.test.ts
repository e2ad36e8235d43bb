import { describe, it } from "vitest";
import { rejectRow } from "../../core/bars/bar.ts";
import { rowAt } from "../../core/bars/columns.ts";
import { makeDemo } from "./demo-market.ts";
import { demoSource } from "./demo-source.ts";

const SESSIONS = 120;
const CODES = ["KOSPI", "KOSDAQ"] as const;

/** Everything in the sessions of a market that no exchange could publish. */
function impossible(seed: number, shares: number): readonly string[] {
  const demo = makeDemo(seed, { shares, sessions: 60 });
  const found: string[] = [];
  let state = demo.initial();
  for (let k = 0; k < SESSIONS; k++) {
    const { state: after, session } = demo.next(state);
    state = after;
    for (const [i, ticker] of session.tickers.entries()) {
      const refused = rejectRow(rowAt(session.columns, i));
      found.push(...(refused === null ? [] : [`${ticker} in session ${k}: ${refused}`]));
    }
    for (const code of CODES) {
      const { open, high, low, close, volume } = rowAt(session.indices[code], 0);
      const isFinite = [open, high, low, close, volume].every((x) => Number.isFinite(x));
      found.push(...(isFinite ? [] : [`${code} in session ${k}`]));
    }
  }
  return found;
}

describe("a small market", () => {
  it("[DM9] has finite numbers only, whatever its size", ({ expect }) => {
    for (const shares of [1, 2, 3, 12, 20, 30, 50, 120, 240]) {
      expect([shares, impossible(1, shares).slice(0, 3)]).toEqual([shares, []]);
      expect([shares, impossible(2, shares).slice(0, 3)]).toEqual([shares, []]);
    }
  });

  it("[DM9] quotes both indices, also that of a board without shares", ({ expect }) => {
    const source = demoSource(1, 30, 1);
    const past = source.history();
    let step = past.next();
    while (step.done !== true) {
      step = past.next();
    }
    const session = source.after(step.value.state);
    for (const code of CODES) {
      const { price, previous } = session.index(code, 0.5);
      expect([code, price > 0, previous > 0]).toEqual([code, true, true]);
    }
  });
});
