/** What a device notifies of, when, and what a correction takes back. */
import { describe, it } from "vitest";
import type { DeviceRule } from "./device-rules.ts";
import type { EventPage, EventRow } from "./event-page.ts";
import {
  asleep,
  EMPTY_LOG,
  groupedNotices,
  isUnread,
  MAX_NOTICES,
  type NoticeLog,
  withAllRead,
} from "./notice-log.ts";
import { type NoticePlan, planDue, planNotices } from "./plan-notices.ts";
import { ANY_RULE, gateRow, kst, MORNING, rowOf, withdrawalOf } from "./stage-alerts.ts";

const AT_ONE: NoticeLog = { position: 0, notices: [] };
const MINUTE = 60_000;

function pageOf(...events: readonly EventRow[]): EventPage {
  return { exchange: "KRX", last: events.at(-1)?.position ?? 0, events: [...events] };
}

function plan(log: NoticeLog, page: EventPage, more: Partial<DeviceRule> = {}, now = MORNING): NoticePlan {
  return planNotices(log, page, [{ ...ANY_RULE, ...more }], now);
}

function due(log: NoticeLog, now: number, ...rules: readonly Partial<DeviceRule>[]): NoticePlan {
  return planDue(log, { exchange: "KRX", rules: rules.map((rule) => ({ ...ANY_RULE, ...rule })), now });
}

function shownIds({ shown }: NoticePlan): readonly string[] {
  return shown.map(({ event }) => event.id);
}

describe("what a device notifies of", () => {
  it("[UI274] begins at the end of the log, and again where the server's log has begun anew", ({
    expect,
  }) => {
    const first = plan(EMPTY_LOG, { exchange: "KRX", last: 41, events: [rowOf(41)] });
    expect([first.shown, first.log]).toEqual([[], { position: 41, notices: [] }]);
    const behind = plan({ position: 900, notices: [] }, { exchange: "KRX", last: 3, events: [rowOf(3)] });
    expect([behind.shown, behind.log.position]).toEqual([[], 3]);
  });

  it("[UI274] shows each event once, whatever page brings it again", ({ expect }) => {
    const page = pageOf(rowOf(1), rowOf(2, { ticker: "000660" }), gateRow(3));
    const first = plan(AT_ONE, page);
    expect(shownIds(first)).toEqual(page.events.map(({ id }) => id));
    const again = plan(first.log, page);
    expect([again.shown, again.log]).toEqual([[], first.log]);
    // The same event under another position, as after a correction that changes nothing of it.
    const anew = plan(first.log, pageOf(rowOf(4, { id: `${rowOf(1).id}@c2` })));
    expect([anew.shown, anew.log.position]).toEqual([[], 4]);
  });

  it("[UI274] takes back what was shown, drops what was not, and shows what comes again after that", ({
    expect,
  }) => {
    const { id } = rowOf(1);
    const shown = plan(AT_ONE, pageOf(rowOf(1)));
    const back = plan(shown.log, pageOf(withdrawalOf(2, id)));
    expect([back.shown, back.withdrawn.map(({ event }) => event.id)]).toEqual([[], [id]]);
    expect(back.log.notices.map(({ state }) => state)).toEqual(["withdrawn"]);
    expect(plan(back.log, pageOf(withdrawalOf(3, id))).withdrawn).toEqual([]);
    const both = plan(AT_ONE, pageOf(rowOf(1), withdrawalOf(2, id)));
    expect([both.shown, both.withdrawn, both.log.notices]).toEqual([[], [], []]);
    // Of a signal of which nothing stands any more, and of no other.
    const two = plan(
      shown.log,
      pageOf(rowOf(2, { kind: "failed", id: "005930.20250128.20250415:failed:2025-06-13" })),
    );
    const other = plan(
      two.log,
      pageOf(rowOf(3, { ticker: "000660", signal_id: "000660.20250128.20250415" })),
    );
    const gone = plan(other.log, pageOf(withdrawalOf(4, rowOf(1).signal_id ?? "")));
    expect(gone.withdrawn.map(({ event }) => event.position)).toEqual([1, 2]);
    expect(gone.log.notices.map(({ state }) => state)).toEqual(["withdrawn", "withdrawn", "unread"]);
    const again = plan(back.log, pageOf(rowOf(3, { id: `${id}@c7` })));
    expect(shownIds(again)).toEqual([`${id}@c7`]);
  });

  it("[UI276] waits for the end of the quiet hours, and shows then what no correction has taken back", ({
    expect,
  }) => {
    // 09:00 to 11:00 of Seoul.
    const quiet = { from: 540, until: 660, zone: "Asia/Seoul" };
    const held = plan(AT_ONE, pageOf(rowOf(1), rowOf(2, { ticker: "000660" })), { quiet });
    expect([held.shown, held.log.notices.filter(isUnread), groupedNotices(held.log)]).toEqual([[], [], []]);
    const end = MORNING + 60 * MINUTE;
    expect(held.log.notices.map(({ waits }) => waits)).toEqual([end, end]);
    expect(due(held.log, end - 1, { quiet }).log).toBe(held.log);
    const back = plan(held.log, pageOf(withdrawalOf(3, rowOf(1).id)), { quiet });
    expect(back.withdrawn).toEqual([]);
    const later = due(back.log, end, { quiet });
    expect(shownIds(later)).toEqual([rowOf(2, { ticker: "000660" }).id]);
    expect([due(later.log, end, { quiet }).shown, later.log.notices.filter(isUnread).length]).toEqual([
      [],
      1,
    ]);
    // Before and after them at once.
    expect(plan(AT_ONE, pageOf(rowOf(1)), { quiet }, end).shown).toHaveLength(1);
  });

  it("[UI303] what waits goes by its rules as they are now: off, removed, silent for ever, or with other hours", ({
    expect,
  }) => {
    const quiet = { from: 540, until: 660, zone: "Asia/Seoul" };
    const always = { ...quiet, until: 540 };
    const end = MORNING + 60 * MINUTE;
    const { log } = plan(AT_ONE, pageOf(rowOf(1)), { quiet });
    for (const rules of [[], [{ id: "another" }], [{ quiet: always }]]) {
      const gone = due(log, MORNING + MINUTE, ...rules);
      expect([gone.shown, gone.withdrawn, gone.log.notices]).toEqual([[], [], []]);
    }
    expect(due(log, MORNING + MINUTE, { quiet: null }).shown).toHaveLength(1);
    const longer = due(log, end, { quiet: { ...quiet, until: 720 } });
    expect([longer.shown, longer.log.notices[0]?.waits]).toEqual([[], end + 60 * MINUTE]);
    // Of two rules the one that still asks shows it, where it shows what it asks for.
    const both = planNotices(
      AT_ONE,
      pageOf(rowOf(1)),
      [
        { ...ANY_RULE, quiet },
        { ...ANY_RULE, id: "loud", channels: ["sound"], quiet },
      ],
      MORNING,
    );
    expect(due(both.log, end, { quiet }).shown.map(({ channels }) => channels)).toEqual([["page"]]);
    expect(asleep(log)).toEqual({ position: null, notices: [] });
    const silent = plan(AT_ONE, pageOf(rowOf(1)), { quiet: always });
    expect([silent.shown, silent.log.notices]).toEqual([[], []]);
  });

  it("[UI276] gathers a digest until a quarter of an hour after the close, and the simulated market's for five minutes", ({
    expect,
  }) => {
    const digest = true;
    const close = Date.parse("2025-06-13T15:45:00.000+09:00");
    const held = plan(AT_ONE, pageOf(rowOf(1), gateRow(2)), { digest: true });
    expect([held.shown, due(held.log, close - 1, { digest }).shown]).toEqual([[], []]);
    expect(due(held.log, close, { digest }).shown).toHaveLength(2);
    // What comes after it, as the evening's scan, waits for no session more.
    const after = plan(AT_ONE, pageOf(rowOf(1, { at: kst(close) })), { digest }, close);
    expect(after.log.notices.map(({ waits }) => waits)).toEqual([close + MINUTE]);
    const page = pageOf(rowOf(1), rowOf(2, { ticker: "000660", at: kst(MORNING + 4 * MINUTE) }));
    const made = plan(AT_ONE, { ...page, exchange: "DEMO" }, { digest: true });
    const together = MORNING + 5 * MINUTE;
    expect(made.log.notices.map(({ waits }) => waits)).toEqual([together, together]);
  });

  it("[UI276] keeps the same share and kind quiet for its cooldown, each rule for itself", ({ expect }) => {
    const first = plan(AT_ONE, pageOf(rowOf(1)), { cooldown: 10 });
    const soon = (minutes: number, more: Partial<EventRow> = {}): EventRow =>
      rowOf(2, { id: "other:confirmed:2025-06-13", at: kst(MORNING + minutes * MINUTE), ...more });
    expect(plan(first.log, pageOf(soon(9)), { cooldown: 10 }).shown).toEqual([]);
    expect(plan(first.log, pageOf(soon(10)), { cooldown: 10 }).shown).toHaveLength(1);
    expect(plan(first.log, pageOf(soon(9, { kind: "failed" })), { cooldown: 10 }).shown).toHaveLength(1);
    expect(plan(first.log, pageOf(soon(9, { ticker: "000660" })), { cooldown: 10 }).shown).toHaveLength(1);
    expect(plan(first.log, pageOf(soon(9)), { cooldown: 10, id: "another" }).shown).toHaveLength(1);
  });

  it("[UI276] leaves out what happens outside the session, where a rule asks for that", ({ expect }) => {
    const at = (time: string): EventPage => pageOf(rowOf(1, { at: `2025-06-${time}:00.000+09:00` }));
    const times = ["13T08:29", "13T08:30", "13T15:29", "13T16:30", "14T10:00"];
    const shown = times.map((time) => plan(AT_ONE, at(time), { onlyOpen: true }).shown.length);
    expect(shown).toEqual([0, 1, 1, 0, 0]);
    expect(
      planNotices(AT_ONE, { ...at("14T10:00"), exchange: "DEMO" }, [ANY_RULE], MORNING).shown,
    ).toHaveLength(1);
  });

  it("[UI279][UI284] gives what is old neither a tone nor a place over other windows", ({ expect }) => {
    const channels = ["page", "sound", "notification"] as const;
    const of = (now: number): readonly unknown[] =>
      plan(AT_ONE, pageOf(rowOf(1)), { channels }, now).shown.map((one) => one.channels);
    expect(of(MORNING + 10 * MINUTE)).toEqual([[...channels]]);
    expect(of(MORNING + 11 * MINUTE)).toEqual([["page"]]);
    // What waits is as old as the time that has passed since it could be shown.
    const quiet = { from: 540, until: 660, zone: "Asia/Seoul" };
    const { log } = plan(AT_ONE, pageOf(rowOf(1)), { channels, quiet }, MORNING + 20 * MINUTE);
    const late = (ms: number): readonly unknown[] =>
      due(log, MORNING + 60 * MINUTE + ms, { channels, quiet }).shown.map((one) => one.channels);
    expect([late(10 * MINUTE), late(11 * MINUTE)]).toEqual([[[...channels]], [["page"]]]);
  });

  it("[UI274] passes over what a newer server adds, and what lacks a value of its kind", ({ expect }) => {
    const odd = plan(
      AT_ONE,
      pageOf(rowOf(1, { kind: "split" }), rowOf(2, { price: null }), rowOf(3, { grade: null })),
    );
    expect([odd.shown, odd.log]).toEqual([[], { position: 3, notices: [] }]);
  });

  it("[UI277] keeps the notices of the newest session by share, unread ones first, and no more than are kept", ({
    expect,
  }) => {
    const rows = Array.from({ length: MAX_NOTICES + 5 }, (_, i) =>
      rowOf(i + 1, { id: `${i}:confirmed:2025-06-13`, ticker: i % 2 === 0 ? "005930" : "000660" }),
    );
    const { log } = plan(AT_ONE, pageOf(...rows));
    expect([log.notices.length, log.notices.at(-1)?.event.position]).toEqual([MAX_NOTICES, MAX_NOTICES + 5]);
    const read = withAllRead(log);
    expect([read.notices.filter(isUnread), withAllRead(read)]).toEqual([[], read]);
    const monday = kst(MORNING + 3 * 24 * 60 * MINUTE);
    const next = rowOf(900, { id: "1:failed:2025-06-16", day: "2025-06-16", at: monday, ticker: "000660" });
    const { log: later } = plan(read, pageOf(next), {}, Date.parse(monday));
    expect(later.notices.map(({ event }) => event.id)).toEqual([next.id]);
    const { log: unread } = plan(log, pageOf({ ...next, at: kst(MORNING + MINUTE) }));
    expect(unread.notices).toHaveLength(MAX_NOTICES);
    const groups = groupedNotices({
      ...log,
      notices: log.notices.map((one) => (one.event.ticker === "000660" ? one : { ...one, state: "read" })),
    });
    expect(groups.map(({ ticker, unread: count }) => [ticker, count])).toEqual([
      ["000660", 100],
      ["005930", 0],
    ]);
  });
});
