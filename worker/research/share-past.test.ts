import { describe, it } from "vitest";
import { adjust } from "../core/bars/adjust.ts";
import { asOf, type Columns, viewOf } from "../core/bars/columns.ts";
import { PatternTime } from "../core/bars/pattern-time.ts";
import { type LifeSessions, lifeSessions } from "../core/lifecycle/session-events.ts";
import { PARAMS } from "../core/params.ts";
import { eventfulMarket } from "../testing/builders/eventful-market.ts";
import { STUDY_SESSIONS } from "../testing/builders/study-market.ts";
import { SharePast } from "./share-past.ts";

const { listings } = eventfulMarket(5);
const JUDGED = STUDY_SESSIONS.slice(262);

describe.for(listings.map(({ ticker, columns }) => [ticker, columns] as const))(
  "the past of %s",
  ([, raw]) => {
    it("[EV1l] shows the rows of each session in the shares of its last row, and no later bar", ({
      expect,
    }) => {
      const bars = new PatternTime();
      const past = new SharePast(bars);
      past.begin(raw);
      for (const session of JUDGED) {
        const known = asOf(raw, session);
        expect(past.show(session)).toBe(known.day.at(-1) === session);
        expect(past.rows).toBe(known.day.length);
        expect(viewOf(past.columns, 0, past.rows)).toEqual(adjust(known).columns);
        const traded = known.volume.filter((volume) => volume > 0).length;
        expect(bars.n).toBe(traded);
        expect(bars.dayAt(bars.last)).toBe(known.day.findLast((_, i) => (known.volume[i] ?? 0) > 0));
      }
    });

    it("[EV1l] has in its recent rows all that settling reads, to the last digit", ({ expect }) => {
      const past = new SharePast(new PatternTime());
      past.begin(raw);
      let shorter = 0;
      for (const [i, session] of JUDGED.entries()) {
        past.show(session);
        const sessions = STUDY_SESSIONS.filter((each) => each <= session);
        // From the session before to a week before, as after a halt.
        const since = sessions.at(-2 - (i % 5)) ?? session;
        const eventsOf = (rows: Columns): LifeSessions => lifeSessions(rows, sessions, since, null, PARAMS);
        const recent = past.recent(since, PARAMS.life.volumeBars + 1);
        expect(eventsOf(recent)).toEqual(eventsOf(asOf(raw, session)));
        shorter += recent.day.length < 100 ? 1 : 0;
      }
      // Divided volumes leave all rows: sums of fractions depend on where they begin.
      expect(shorter > 0).toBe(!adjust(raw).events.some(({ factor }) => factor < 0.9 || factor > 1.1));
    });
  },
);
