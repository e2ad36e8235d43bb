/** How the days come in, in every state: the past of a market, steps, sources, the server, a missed evening. */
import type { JSX } from "solid-js";
import type { BackfillFacts } from "../../../worker/protocol/rest/backfill.ts";
import type { MissingScan } from "../../../worker/protocol/rest/day-step.ts";
import type { MarketStatusBody } from "../../../worker/protocol/rest/market-status.ts";
import { STATUS } from "../../e2e/stub-market.ts";
import {
  DAYS_STATUS,
  LIVE_SESSION,
  MISSED_EVENING,
  PAST_RUNNING,
  PAST_WAITING,
  REFUSED_STATUS,
} from "../../e2e/stub-status.ts";
import { BackfillBar } from "../../view/part/status/backfill-progress.tsx";
import { ComingPast } from "../../view/part/status/coming-past.tsx";
import { DifferenceList } from "../../view/part/status/difference-list.tsx";
import { MissingNotice } from "../../view/part/status/missing-notice.tsx";
import { ServerFacts } from "../../view/part/status/server-facts.tsx";
import { SourceList } from "../../view/part/status/source-list.tsx";
import { StepList } from "../../view/part/status/step-list.tsx";
import { scened } from "../stage.tsx";
import type { Views } from "../views.ts";
import "../../view/style/pages.css";

function bar(change: Partial<BackfillFacts>): () => JSX.Element {
  return () => <BackfillBar past={{ ...PAST_RUNNING, ...change }} />;
}

function missed(change: Partial<MissingScan>): () => JSX.Element {
  return () => <MissingNotice missing={{ ...MISSED_EVENING, ...change }} linked />;
}

function server(change: Partial<MarketStatusBody>): () => JSX.Element {
  return () => <ServerFacts body={{ ...DAYS_STATUS, ...change }} />;
}

const COMING = { ...STATUS, coming: { exchange: "KRX", backfill: PAST_RUNNING } } as const;

export const STATUS_PARTS: Views<"past" | "status"> = {
  past: {
    running: bar({}),
    counting: bar({ seconds_left: null, sessions: 0, counts: "shares" }),
    soon: bar({ seconds_left: 3, sessions: 399 }),
    waiting: bar({
      status: "waiting",
      waits: "failed",
      seconds_left: null,
      reason: "failed, krx: no answer",
    }),
    refused: () => <BackfillBar past={PAST_WAITING} />,
    coming: scened({ answers: { "/api/kr/scan/status": { body: COMING } } }, () => (
      <ComingPast status={COMING} />
    )),
  },
  status: {
    steps: () => <StepList steps={DAYS_STATUS.steps} />,
    "no-steps": () => <StepList steps={[]} />,
    sources: () => <SourceList sources={DAYS_STATUS.sources} />,
    refused: () => <SourceList sources={REFUSED_STATUS.sources} />,
    differences: () => <DifferenceList sessions={DAYS_STATUS.differences} />,
    server: server({}),
    "server-bare": server({
      book: { tickers: 0, rows: 0, sessions: 0, first_day: null, last_day: null },
      failures: [],
      outbox: { waiting: 12, oldest_age_s: 340 },
    }),
    "server-live": server({ feed: LIVE_SESSION }),
    missed: missed({}),
    "missed-rows": missed({ has_rows: true, outcome: null, reason: "jump: 9 of 40", next: null }),
  },
};
