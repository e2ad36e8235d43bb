/** What was asked of `npm run collect`. */
import { join, resolve } from "node:path";
import { calendarDay } from "../../core/calendar/krx-calendar.ts";
import {
  parseTradingDay,
  type TradingDay,
  tradingDayAt,
  tradingDayOf,
} from "../../core/calendar/trading-day.ts";
import { MOST_SESSIONS } from "../../protocol/rest/market-days.ts";
import { LOCAL, readUrl } from "../import/import-args.ts";
import { readArgs, readCount, usageError } from "../terminal/command-args.ts";
import { projectRoot } from "../terminal/project-root.ts";

export const COLLECT_USAGE = `Usage: npm run collect -- [options]

Asks the vendors for what a Worker wants and may not ask for itself, and brings it the answers: what is due now (the
official day and the master in the morning, the prices of the closing auction in the evening), and the past.

  --to URL      the Worker (default ${LOCAL}); OWNER_TOKEN of the environment or of .dev.vars opens it
  --days N      sessions of the past that are to be there (default 400)
  --from DATE   the same as a date: the past back to this day
  --live        a day beside the Worker: live prices from 08:58 to 15:32 in Seoul, and what is due besides, until the
                closes are stored; then it ends. For a key of Kiwoom, or of KIS where a Worker may not ask
  --watch       goes on: a turn at 5, 15, ... 55 minutes past each hour, until Ctrl-C
  --check       asks each service of the vendors once, and nothing of a Worker
  --state DIR   where calls, refusals and the token are kept, for the owner's eyes (default .wrangler/collect)

Which vendors: those whose keys are set in the environment or in .dev.vars, by the Worker's own names: KRX_AUTH_KEY,
KIS_APP_KEY, KIS_APP_SECRET, KIWOOM_APP_KEY, KIWOOM_SECRET_KEY; MARKET_SOURCES names fewer, KRX_BASE, KIS_REST_BASE,
KIS_MASTER_BASE, KIS_WS_URL, KIWOOM_REST_BASE and KIWOOM_WS_URL other addresses, LIVE_SLOTS how many names are followed.
The Worker must not ask the same vendors: no secret of theirs there, or MARKET_SOURCES = "" in its wrangler.toml.
One machine a key: two would share its calls and its token without knowing of each other.

Exit codes
  0  done, or nothing is due
  1  a vendor refused or failed, or the Worker did
  2  wrong usage, or no key
  3  not published yet, or another run is under way: ask again

It may be stopped and begun again at any time. What is due is decided by the Worker's clock, so one line of a crontab
is enough, in any time zone:
  5-55/10 * * * * cd /srv/vcp-radar && npm run -s collect -- --to https://radar.example >>collect.log 2>&1
With live prices the same line begins the day's run again when it was ended, and a second one beside it ends at once:
  5-55/10 * * * * cd /srv/vcp-radar && npm run -s collect -- --live --to https://radar.example >>collect.log 2>&1

Or systemd, /etc/systemd/system/vcp-collect.service and .timer:
  [Service]
  Type=oneshot
  User=radar
  WorkingDirectory=/srv/vcp-radar
  ExecStart=/usr/bin/npm run -s collect -- --to https://radar.example
  SuccessExitStatus=3

  [Timer]
  OnCalendar=*-*-* *:05/10:00
  [Install]
  WantedBy=timers.target`;

export interface CollectArgs {
  readonly to: URL;
  readonly sessions: number;
  readonly watch: boolean;
  readonly live: boolean;
  readonly check: boolean;
  readonly state: string;
}

const OPTIONS = {
  to: { type: "string" },
  days: { type: "string" },
  from: { type: "string" },
  watch: { type: "boolean" },
  live: { type: "boolean" },
  check: { type: "boolean" },
  state: { type: "string" },
  help: { type: "boolean", short: "h" },
} as const;

/** `null`: help was asked for. `now` in milliseconds since the epoch. */
export function readCollectArgs(args: readonly string[], now: number): CollectArgs | null {
  const { values, positionals } = readArgs(args, OPTIONS, COLLECT_USAGE);
  if (values.help === true) {
    return null;
  }
  if (positionals.length > 0) {
    throw usageError(`Not understood: ${positionals.join(" ")}`, COLLECT_USAGE);
  }
  if (values.days !== undefined && values.from !== undefined) {
    throw usageError("--days and --from are the same; give one of them", COLLECT_USAGE);
  }
  if ([values.check, values.watch, values.live].filter((one) => one === true).length > 1) {
    throw usageError(
      "--check asks once, --watch goes on, --live follows a day; give one of them",
      COLLECT_USAGE,
    );
  }
  return {
    to: readUrl(values.to ?? LOCAL, COLLECT_USAGE),
    sessions: values.from === undefined ? readSessions(values.days ?? "400") : sessionsFrom(values.from, now),
    watch: values.watch === true,
    live: values.live === true,
    check: values.check === true,
    state: values.state === undefined ? join(projectRoot, ".wrangler", "collect") : resolve(values.state),
  };
}

function readSessions(text: string): number {
  const days = readCount("--days", text, COLLECT_USAGE);
  if (days < 1 || days > MOST_SESSIONS) {
    throw usageError(`--days takes a number from 1 to ${MOST_SESSIONS}, not ${days}`, COLLECT_USAGE);
  }
  return days;
}

/** Sessions from that day to yesterday, by the calendar. */
function sessionsFrom(text: string, now: number): number {
  const day = parseTradingDay(text);
  const today = tradingDayAt(now);
  const sessions = day === null ? 0 : countSessions(day, today);
  if (sessions < 1 || sessions > MOST_SESSIONS) {
    throw usageError(
      `--from takes a day like 2025-06-17 with 1 to ${MOST_SESSIONS} sessions of the calendar since, not "${text}"`,
      COLLECT_USAGE,
    );
  }
  return sessions;
}

function countSessions(from: TradingDay, today: TradingDay): number {
  let sessions = 0;
  for (let day = today - 1; day >= from && sessions <= MOST_SESSIONS; day--) {
    const known = calendarDay(tradingDayOf(day));
    if (known.kind === "unknown") {
      return 0;
    }
    sessions += known.kind === "session" ? 1 : 0;
  }
  return sessions;
}
