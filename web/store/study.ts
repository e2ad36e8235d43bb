/** UI91: the historical study of the active exchange. Its standing is asked for while one goes on; its report when one has ended. */
import { type Accessor, createEffect, createMemo, on, onCleanup, untrack } from "solid-js";
import { StudyBody, StudyStatus, type StudySummary } from "../../worker/protocol/rest/study.ts";
import { fetchJson } from "./fetch-json.ts";
import { createRemote, type Remote } from "./remote.ts";

/** A study goes on for half a minute or longer. */
const AGAIN_MS = 3_000;

/** `scanned` changes with each scan and with the exchange: a study follows a scan. */
export function createStudyStatus(scanned: Accessor<string>): Remote<StudyStatus> {
  const remote = createRemote(async (abort) => fetchJson("/api/kr/study/status", StudyStatus, abort));
  createEffect(
    on(
      scanned,
      () => {
        void untrack(async () => remote.reload());
        // A scan is published before its study is due.
        const timer = setTimeout(() => void remote.reload(), AGAIN_MS);
        onCleanup(() => {
          clearTimeout(timer);
        });
      },
      { defer: true },
    ),
  );
  createEffect(
    on(remote.value, (status) => {
      if (status !== null && (status.is_due || status.running !== null)) {
        const timer = setTimeout(() => void remote.reload(), AGAIN_MS);
        onCleanup(() => {
          clearTimeout(timer);
        });
      }
    }),
  );
  return remote;
}

/** The report is loaded again when another study has ended, and when `status` is of another exchange. */
export function createStudy(status: Remote<StudyStatus>): Remote<StudyBody> {
  const remote = createRemote(async (abort) => fetchJson("/api/kr/study", StudyBody, abort));
  const ended = createMemo(() => {
    const known = status.value();
    return known === null ? null : `${known.exchange} ${known.made?.ended_at ?? ""}`;
  });
  createEffect(
    on(
      ended,
      (next, before) => {
        if (before !== null && before !== undefined && next !== before) {
          void untrack(async () => remote.reload());
        }
      },
      { defer: true },
    ),
  );
  return remote;
}

type Horizons = StudySummary["cohorts"][number]["groups"][number]["horizons"];
/** A number of sessions that a study measures. */
export type StudyHorizon = keyof Horizons;
export const STUDY_HORIZONS: readonly StudyHorizon[] = [5, 10, 20, 60];

/** UI37: the longest horizon with enough cases; where none has them, the longest with any. */
export function usualHorizon<T>(
  horizons: readonly T[],
  casesOf: (horizon: T) => number,
  least: number,
): T | null {
  return (
    horizons.findLast((horizon) => casesOf(horizon) >= least) ??
    horizons.findLast((horizon) => casesOf(horizon) > 0) ??
    horizons[0] ??
    null
  );
}
