/** What the page of a fresh demo lists: the product's own jobs over the shipped market, session after session. */
import { describe, it } from "vitest";
import { isPreTrigger } from "../../core/lifecycle/signal.ts";
import { ReplayLife } from "./replay-life.ts";
import { demoMarket } from "./replay-sources.ts";

const SESSIONS = 60;

describe("the list of the shipped demo", () => {
  it(
    "[DM25] has 10 to 40 names on the first evening and on each of the sixty after it",
    { timeout: 300_000 },
    async ({ expect }) => {
      const market = demoMarket({ seed: 1, shares: 2_700, history: 400, sessions: SESSIONS, ticks: 1 });
      const life = new ReplayLife(market, false);
      const open: number[] = [];
      const waiting: number[] = [];
      for (const day of market.sessions.slice(-SESSIONS - 1)) {
        await life.close(day);
        open.push(life.open().length);
        waiting.push(life.open().filter(({ state }) => isPreTrigger(state)).length);
      }
      console.log(`open signals by session: ${open.join(" ")}; before the trigger: ${waiting.join(" ")}`);
      expect(open).toHaveLength(SESSIONS + 1);
      expect(Math.min(...open)).toBeGreaterThanOrEqual(10);
      expect(Math.max(...open)).toBeLessThanOrEqual(40);
    },
  );
});
