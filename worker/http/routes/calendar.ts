/** `/api/kr/calendar`: the session now, the next opening and the holidays, as far as they are known. */
import type { FeedStatus } from "../../app/ports/live.ts";
import { calendarDay, KRX_COVERED, KRX_HOLIDAYS, nextSession } from "../../core/calendar/krx-calendar.ts";
import { formatTradingDay, tradingDayAt } from "../../core/calendar/trading-day.ts";
import { profileOf } from "../../core/instrument/exchange-profile.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";
import type { CalendarBody } from "../../protocol/rest/calendar.ts";
import { formatDay, formatKst } from "../../protocol/format.ts";
import { ExchangeQuery } from "../../protocol/rest/query.ts";
import { chosenExchange, type HttpPorts } from "../request/ports.ts";
import { sendDated } from "../request/etag.ts";
import { ApiRoutes } from "../request/api-routes.ts";

type Known = Omit<CalendarBody, "exchange" | "last_session" | "generated_at">;

const NO_HOURS = { opens_at: null, closes_at: null, shifted: null, holiday: null, confidence: null } as const;

/** KRX is answered from the program's own table; the demo from its feed, whose clock is no calendar. */
export function calendarRoutes(ports: HttpPorts): ApiRoutes {
  const routes = new ApiRoutes(ports);

  routes.get("/", {
    summary: "The session now, the next opening and the holidays, with how sure each of them is.",
    query: ExchangeQuery,
    answer: { schema: "Calendar" },
    example: { query: "?exchange=KRX" },
    handle: async (c, query) => {
      const exchange = await chosenExchange(ports, query.exchange);
      const now = ports.clock.now();
      const { lastDay } = await ports.book(exchange).summary();
      const known =
        profileOf(exchange).calendar === "krx"
          ? krxCalendar(now)
          : demoCalendar(await feedOf(ports, exchange));
      const body: CalendarBody = {
        exchange,
        ...known,
        last_session: formatDay(lastDay),
        generated_at: formatKst(now),
      };
      return await sendDated(c, body);
    },
  });

  return routes;
}

async function feedOf(ports: HttpPorts, exchange: Exchange): Promise<FeedStatus | null> {
  return (await ports.feed?.(exchange).status()) ?? null;
}

function krxCalendar(now: number): Known {
  const next = nextSession(now);
  const newYear = `${formatTradingDay(tradingDayAt(now)).slice(0, 4)}-01-01`;
  const [first, last] = KRX_COVERED.map(formatTradingDay);
  return {
    session: krxSession(now),
    next_open: next && {
      at: formatKst(next.opensAt),
      date: formatTradingDay(next.day),
      confidence: next.confidence,
    },
    holidays: KRX_HOLIDAYS.map(({ day, name, confidence }) => ({
      date: formatTradingDay(day),
      ...name,
      confidence,
    })).filter(({ date }) => date >= newYear),
    covers: first === undefined || last === undefined ? null : { first, last },
    note: next === null ? `Holidays are known up to ${last}; later openings are not.` : null,
  };
}

function krxSession(now: number): CalendarBody["session"] {
  const today = calendarDay(tradingDayAt(now));
  const date = formatTradingDay(today.day);
  switch (today.kind) {
    case "weekend":
    case "unknown": {
      return { ...NO_HOURS, date, state: today.kind };
    }
    case "holiday": {
      return { ...NO_HOURS, date, state: "holiday", holiday: today.name, confidence: today.confidence };
    }
    case "session": {
      const state = now < today.opensAt ? "before_open" : now < today.closesAt ? "open" : "after_close";
      return {
        ...NO_HOURS,
        date,
        state,
        opens_at: formatKst(today.opensAt),
        closes_at: formatKst(today.closesAt),
        shifted: today.shifted,
        confidence: today.confidence,
      };
    }
  }
}

/** The demo runs on a clock of its own, whose breaks are as long as its operator lets them be. */
function demoCalendar(feed: FeedStatus | null): Known {
  const state = feed?.session ?? null;
  return {
    session: {
      ...NO_HOURS,
      date: feed === null || feed.clock === null ? null : formatTradingDay(tradingDayAt(feed.clock)),
      state: state === null ? "unknown" : state === "closed" ? "after_close" : state,
    },
    next_open: null,
    holidays: [],
    covers: null,
    note: "The demo has sessions on its own clock and no holidays; its next opening has no time of day.",
  };
}
