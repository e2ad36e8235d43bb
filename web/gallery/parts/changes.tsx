/** What has changed, and the last scan, in every state. */
import type { JSX } from "solid-js";
import { RUN_DONE, STATUS } from "../../e2e/stub-market.ts";
import { RUN_FULL } from "../../e2e/stub-pages.ts";
import { MISSED_EVENING, PAST_RUNNING } from "../../e2e/stub-status.ts";
import { ChangesCard } from "../../view/part/changes/changes-card.tsx";
import { FormingLine } from "../../view/part/changes/forming-line.tsx";
import { SinceLine } from "../../view/part/changes/since-line.tsx";
import { MissingScan } from "../../view/part/runs/missing-scan.tsx";
import { ScanCard, ScanTime } from "../../view/part/runs/scan-summary.tsx";
import { ROWS } from "../../e2e/stub-signals.ts";
import { SINCE_KINDS } from "../../view/since/since-changes.ts";
import { Acting } from "../acting.tsx";
import { usedDevice } from "../device.ts";
import { arrived, failed, waiting } from "../remote.ts";
import { LONG_NAMES } from "../rows.ts";
import { LIVE_FEED } from "./market.tsx";
import { type Scene, scened } from "../stage.tsx";
import type { Views } from "../views.ts";
import type { ScanStatus } from "../../../worker/protocol/rest/scan-run.ts";

function card(scene: Scene): () => JSX.Element {
  return scened({ scan: arrived({ ...STATUS, last_run: RUN_FULL }), ...scene }, () => (
    <ChangesCard onEnded={() => undefined} />
  ));
}

function scan(status: Partial<ScanStatus>): () => JSX.Element {
  const all = { ...STATUS, ...status };
  return () => (
    <>
      <ScanTime status={all} />
      <ScanCard remote={arrived(all)} />
    </>
  );
}

function missing(status: Partial<ScanStatus>): () => JSX.Element {
  return () => <MissingScan status={{ ...STATUS, ...status }} />;
}

/** One change of each kind, by the rows of the fixtures. */
const KINDS = SINCE_KINDS.map((kind, i) => ({
  kind,
  id: ROWS[i]?.id ?? "",
  company: ROWS[i] ?? null,
  from: kind === "born" ? null : ("READY" as const),
  to: kind === "ended" ? null : ("CONFIRMED" as const),
}));

const FORMING = { as_of: "2025-06-13", at: "2025-06-13T10:30:00.000+09:00", quoted: 2_640, expected: 2_661 };
const FormingCard = scened(
  {
    feed: { ...LIVE_FEED, forming: { at: FORMING.at, count: LONG_NAMES.length } },
    answers: {
      "/api/kr/forming": {
        body: { exchange: "KRX", forming: { ...FORMING, signals: LONG_NAMES }, generated_at: FORMING.at },
      },
    },
  },
  () => <FormingLine />,
);

export const CHANGES: Views<"changes" | "scan"> = {
  changes: {
    "first-visit": card({}),
    since: card({ device: usedDevice }),
    "since-open": () => <SinceLine title="06-12" note="18:21" changes={KINDS} none="" />,
    forming: () => (
      <Acting
        act={(root) => {
          root.querySelector<HTMLButtonElement>(".since-line button")?.click();
        }}
      >
        <FormingCard />
      </Acting>
    ),
    none: card({ scan: arrived(STATUS) }),
    loading: card({ scan: waiting(), signals: waiting() }),
    failed: card({ scan: failed(), signals: failed() }),
  },
  scan: {
    done: scan({}),
    running: scan({ progress: { run_id: "run-9", stage: "reading", done: 812, total: 2_761 } }),
    none: scan({ last_run: null }),
    failed: scan({ last_run: { ...RUN_DONE, status: "failed", funnel: null, reason: "interrupted" } }),
    overdue: scan({ overdue: true }),
    missing: missing({ overdue: true, missing: MISSED_EVENING }),
    coming: scan({ coming: { exchange: "KRX", backfill: PAST_RUNNING } }),
    loading: () => <ScanCard remote={waiting()} />,
  },
};
