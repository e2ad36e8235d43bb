/** The reading of the log by any tabs, in any order of answers, reloads and corrections. */
import fc from "fast-check";
import { afterEach, beforeEach, describe, it, vi } from "vitest";
import { makeSimulatedTime } from "../../live/simulated-time.ts";
import { RequestError } from "../fetch-json.ts";
import { type AlertConsumer, makeConsumer } from "./consumer.ts";
import type { EventPage, EventRow } from "./event-page.ts";
import { createNoticeLog, noticesKey } from "./notice-log.ts";
import { planNotices } from "./plan-notices.ts";
import { ANY_RULE, kst, memoryPlace, MORNING, rowOf, withdrawalOf } from "./stage-alerts.ts";

const RULES = [ANY_RULE];

/** Lets what a promise has set going run. */
async function settle(): Promise<void> {
  for (let i = 0; i < 6; i++) {
    await Promise.resolve();
  }
}

type Op =
  | { readonly kind: "happen" | "withdraw" | "again"; readonly n: number }
  | { readonly kind: "ask" | "reload" | "answer" | "fail"; readonly n: number }
  | { readonly kind: "pass"; readonly n: number };

const OPS = fc.array(
  fc.record({
    kind: fc.constantFrom<Op["kind"]>(
      "happen",
      "happen",
      "withdraw",
      "again",
      "ask",
      "ask",
      "reload",
      "answer",
      "answer",
      "fail",
      "pass",
      "pass",
    ),
    n: fc.nat(5),
  }),
  { minLength: 20, maxLength: 60 },
);

/** Two tabs of one browser over one server. */
function makeWorld(): {
  readonly run: (op: Op) => Promise<void>;
  readonly finish: () => Promise<void>;
  /** By id, in the order in which they came: `shown` or `withdrawn`. */
  readonly seen: Map<string, string[]>;
  readonly log: readonly EventRow[];
  readonly taken: ReadonlySet<string>;
} {
  const time = makeSimulatedTime(MORNING);
  const place = memoryPlace({
    [noticesKey("KRX")]: JSON.stringify({ version: 1, position: 0, notices: [] }),
  });
  const log: EventRow[] = [];
  const taken = new Set<string>();
  const seen = new Map<string, string[]>();
  const pending: {
    readonly after: number;
    readonly resolve: (page: EventPage) => void;
    readonly reject: (e: unknown) => void;
  }[] = [];
  const note = (what: string) => (one: { readonly event: EventRow }) => {
    seen.set(one.event.id, [...(seen.get(one.event.id) ?? []), what]);
  };
  function open(): AlertConsumer {
    return makeConsumer({
      record: createNoticeLog(place, "KRX"),
      exchange: "KRX",
      rules: () => RULES,
      clock: time.clock,
      timers: time.timers,
      time: () => MORNING,
      fetch: async (after) =>
        new Promise((resolve, reject) => {
          pending.push({ after: after ?? 0, resolve, reject });
        }),
      show: ({ shown, withdrawn }) => {
        shown.forEach(note("shown"));
        withdrawn.forEach(note("withdrawn"));
      },
    });
  }
  const tabs = [open(), open()];
  const pageFrom = (after: number): EventPage => ({
    exchange: "KRX",
    last: log.length,
    events: log.slice(after, after + 200),
  });
  async function run({ kind, n }: Op): Promise<void> {
    const id = `00593${n}:confirmed:${log.filter(({ kind: of }) => of !== "withdrawn").length}`;
    switch (kind) {
      case "happen":
        log.push(rowOf(log.length + 1, { id, ticker: `00593${n}` }));
        break;
      case "withdraw":
      case "again": {
        const row = log.findLast((one) => one.kind !== "withdrawn" && one.ticker === `00593${n}`);
        if (row && kind === "withdraw" && !taken.has(row.id)) {
          taken.add(row.id);
          log.push(withdrawalOf(log.length + 1, row.id));
        } else if (row && kind === "again" && !taken.has(row.id)) {
          // The same once more, as a server that begins again saves it.
          log.push({ ...row, position: log.length + 1 });
        }
        break;
      }
      case "ask":
        tabs[n % 2]?.ask();
        break;
      case "reload":
        tabs[n % 2]?.end();
        tabs[n % 2] = open();
        break;
      case "answer": {
        const [one] = pending.splice(n % Math.max(1, pending.length), 1);
        one?.resolve(pageFrom(one.after));
        break;
      }
      case "fail":
        pending.shift()?.reject(new RequestError("unreachable", "gone"));
        break;
      case "pass":
        time.pass(1_000 * (n + 1));
        break;
      default:
        kind satisfies never;
    }
    await settle();
  }
  return {
    run,
    log,
    taken,
    seen,
    finish: async () => {
      for (let i = 0; i < 4; i++) {
        await run({ kind: "ask", n: 0 });
        await run({ kind: "pass", n: 5 });
        for (const one of pending.splice(0)) {
          one.resolve(pageFrom(one.after));
        }
        await settle();
      }
      tabs.forEach((tab) => {
        tab.end();
      });
    },
  };
}

describe("the reading of the log", () => {
  beforeEach(() => {
    vi.spyOn(console, "warn").mockImplementation(() => undefined);
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it("[UI274] shows each event once or takes it back, whatever tabs read, reload and fail in whatever order", async ({
    expect,
  }) => {
    let shownAndBack = 0;
    await fc.assert(
      fc.asyncProperty(OPS, async (ops) => {
        const world = makeWorld();
        for (const op of ops) {
          await world.run(op);
        }
        await world.finish();
        for (const { id, kind } of world.log) {
          if (kind !== "withdrawn") {
            const seen = world.seen.get(id) ?? [];
            const expected = world.taken.has(id) ? [[], ["shown", "withdrawn"]] : [["shown"]];
            shownAndBack += seen.length === 2 ? 1 : 0;
            expect(expected).toContainEqual(seen);
          }
        }
      }),
      { seed: 20261130, numRuns: 300 },
    );
    expect(shownAndBack).toBeGreaterThan(20);
  });

  it("[UI304] whoever was away for weeks is shown what still stands in the list, at once", async ({
    expect,
  }) => {
    const time = makeSimulatedTime(MORNING);
    const dayMs = 24 * 3_600_000;
    const row = (position: number): EventRow => {
      const at = MORNING - (position <= 300 ? 21 : position <= 500 ? 1 : 0) * dayMs;
      const id = `${position}:confirmed:2025-06-13`;
      return rowOf(position, { id, ticker: "005930", at: kst(at), day: kst(at).slice(0, 10) });
    };
    const rows = Array.from({ length: 505 }, (_, i) => row(i + 1));
    const log = [...rows, withdrawalOf(506, "350:confirmed:2025-06-13"), withdrawalOf(507, rowOf(1).id)];
    const record = createNoticeLog(
      memoryPlace({ [noticesKey("KRX")]: JSON.stringify({ version: 1, position: 0, notices: [] }) }),
      "KRX",
    );
    const plans: (readonly string[])[] = [];
    const consumer = makeConsumer({
      record,
      exchange: "KRX",
      rules: () => RULES,
      clock: time.clock,
      timers: time.timers,
      time: () => time.server(),
      fetch: async (after) =>
        Promise.resolve({ exchange: "KRX", last: 507, events: log.slice(after ?? 0, (after ?? 0) + 200) }),
      show: ({ shown, withdrawn }) => {
        plans.push([...shown, ...withdrawn].map(({ event }) => event.id));
      },
    });
    for (let i = 0; i < 5; i++) {
      await settle();
      time.pass(1_000);
    }
    consumer.end();
    const listed = record.stored().notices.filter(({ state }) => state === "unread");
    expect([plans.length, plans[0]?.length]).toEqual([1, 200]);
    expect(plans[0]).toEqual(listed.map(({ event }) => event.id));
    // Fewer than a page has: what is too old for the list is over no page either.
    const few = planNotices(
      { position: 0, notices: [] },
      { exchange: "KRX", last: 3, events: [row(1), row(400), row(505)] },
      RULES,
      MORNING,
    );
    expect(few.shown.map(({ event }) => event.position)).toEqual([400, 505]);
  });

  it("[UI275] asks once a second at most, again after a failure, and no more once it has ended", async ({
    expect,
  }) => {
    const time = makeSimulatedTime(MORNING);
    const asked: number[] = [];
    let isDown = false;
    const consumer = makeConsumer({
      record: createNoticeLog(memoryPlace(), "KRX"),
      exchange: "KRX",
      rules: () => RULES,
      clock: time.clock,
      timers: time.timers,
      time: () => time.server(),
      fetch: async () => {
        asked.push(time.server() - MORNING);
        if (isDown) {
          throw new RequestError("unreachable", "gone");
        }
        return Promise.resolve({ exchange: "KRX", last: 0, events: [] });
      },
      show: () => undefined,
    });
    for (let i = 0; i < 30; i++) {
      consumer.ask();
      await settle();
      time.pass(100);
      await settle();
    }
    expect(asked).toEqual([0, 1_000, 2_000, 3_000]);
    isDown = true;
    for (let i = 0; i < 40; i++) {
      time.pass(1_000);
      await settle();
    }
    expect(asked.slice(4)).toEqual([]);
    consumer.ask();
    await settle();
    for (let i = 0; i < 17; i++) {
      time.pass(1_000);
      await settle();
    }
    // The last is that of the minute.
    expect(asked.slice(4)).toEqual([43_000, 48_000, 58_000, 60_000]);
    consumer.end();
    consumer.ask();
    time.pass(600_000);
    await settle();
    expect(asked).toHaveLength(8);
  });
});
