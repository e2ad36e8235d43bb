import { describe, it } from "vitest";
import { createFormat } from "../../i18n/format.ts";
import { en } from "../../i18n/en.ts";
import { enRules } from "../../i18n/en-rules.ts";
import { STATUS_COPY } from "../../i18n/status-copy.ts";
import { runEnd } from "./run-end.ts";
import { stepDetail, stepLine, stepOfReason, stepTitle, type StepWords, waitReason } from "./step-text.ts";

const KO: StepWords = { copy: STATUS_COPY.ko, format: createFormat("ko") };
const EN: StepWords = { copy: STATUS_COPY.en, format: createFormat("en") };

/** Each text as its job writes it. */
const TEXTS = [
  ["krx has not published it yet", "KRX Open API has not published them yet"],
  [
    "krx has 1300 rows of it, and had 2700 of the session before",
    "Partly arrived (1,300 stocks; 2,700 the session before)",
  ],
  ["kis has prices of 2100 of 2700 shares", "Prices for only 2,100 of 2,700 stocks"],
  [
    "the prices of kis came when they were no close any more",
    "Prices arrived too late to be closes and were not used",
  ],
  ["no master and no session before it", "No list of stocks and no earlier session"],
  ["kis has no close of KOSDAQ yet", "No close of KOSDAQ yet"],
  ["krx and the calendar know of no session", "The exchange was closed"],
  ["krx has nothing, and sessions before and after it", "The exchange was closed"],
  ["2700 rows: nothing moved", "2,700 stocks"],
  ["2650 rows, 2640 of 2700 shares", "2,650 stocks (2,640 of 2,700 from the session before)"],
  ["KRX is active by itself", "Switched to KRX automatically"],
  ["an exchange was chosen before", "An exchange had already been chosen, so it was kept"],
  ["its rows are there already", "Unchanged: already stored"],
  ["2761 instruments: 2 new, 14 changed, kis has not published it yet", "2,761 stocks, 2 new, 14 changed"],
  [
    "2690 of 2700 shares, 2025-02-20 to 2026-10-13; without rows and left out: 0001A0",
    "2,690 of 2,700 stocks",
  ],
  [
    "400 sessions, 398 of them fetched, 2 days off that the calendar did not know",
    "400 sessions (398 fetched now). The newest one is published from 08:00 on the next session",
  ],
  [
    "KIS failed to give quotes: no answer. The vendor is down, or does not let this address in",
    "Korea Investment KIS did not answer",
  ],
  [
    "krx: bad_key, KRX_AUTH_KEY; a key is good for a year",
    "KRX Open API: The key is wrong or expired. Set a new one; it is used at once.",
  ],
] as const;

describe("how a step ended", () => {
  it.for(TEXTS)("[UI81] %s", ([text, expected], { expect }) => {
    expect(stepDetail(text, EN)).toBe(expected);
    expect(stepDetail(text, KO)).not.toBe(text);
  });

  it("[UI81] a text that the page does not know stands there as it is", ({ expect }) => {
    expect(stepDetail("KIS failed to give quotes: status 500", KO)).toBe(
      "KIS failed to give quotes: status 500",
    );
  });

  it("[UI81] the past and the first exchange are named without a session, all others with theirs", ({
    expect,
  }) => {
    const title = (kind: "backfill" | "activation" | "official_day"): string =>
      stepTitle({ kind, session: "2026-11-18" }, EN);
    expect([title("backfill"), title("activation"), title("official_day")]).toEqual([
      "Historical prices",
      "First switch of the exchange",
      "Official prices, 2026-11-18",
    ]);
  });

  it("[UI81] a run that is the row of a step shows how the step ended, and any other how it ended itself", ({
    expect,
  }) => {
    const end = (status: "skipped" | "failed", reason: string | null) =>
      runEnd({ status, reason }, en, enRules, EN);
    expect(end("skipped", "official_master 2026-11-18: stored, 2761 instruments: 2 new, 14 changed")).toEqual(
      {
        sign: "done",
        label: "Stored",
        reason: "Official list of stocks, 2026-11-18: 2,761 stocks, 2 new, 14 changed",
      },
    );
    expect(end("failed", "official_day 2026-11-18: denied, krx: quota, calls")).toMatchObject({
      sign: "failed",
      label: "Refused",
    });
    expect(end("skipped", "no_bars")).toEqual({
      sign: "skipped",
      label: "skipped",
      reason: "no bars imported",
    });
    expect(end("skipped", null).reason).toBeNull();
  });

  it("[UI81] the reason of a run is the row of a step, or it is not", ({ expect }) => {
    const step = stepOfReason("evening_snapshot 2026-11-18: failed, KIS failed to give quotes: no answer. x");
    expect(step).toEqual({
      kind: "evening_snapshot",
      session: "2026-11-18",
      status: "failed",
      text: "KIS failed to give quotes: no answer. x",
    });
    expect(step && stepLine(step, KO)).toBe(
      "2026-11-18 장 마감 시세: 실패, 한국투자증권 KIS에서 응답하지 않았습니다",
    );
    for (const reason of [
      "interrupted",
      "jump: 9 of 40",
      "no_new_session: 2026-11-18",
      "other_step 2026-11-18: failed, x",
    ]) {
      expect(stepOfReason(reason)).toBeNull();
    }
  });

  it("[UI83] a backfill that waits names why", ({ expect }) => {
    expect(waitReason("denied, krx: quota, the 10,000 calls of today", EN)).toBe(
      "KRX Open API: Today's calls are used up. They reset at midnight KST.",
    );
    expect(waitReason("failed, KRX failed to answer x: no answer. y", EN)).toBe(
      "KRX Open API did not answer",
    );
  });
});
