/** What became of the signals of the active exchange. Measuring follows a scan's messages, so a page that got those loads again. */
import { type Accessor, createEffect, on, onCleanup, untrack } from "solid-js";
import * as v from "valibot";
import text from "../../worker/protocol/rest/null-rates.json?raw";
import { NullRates, nullsExceeded } from "../../worker/protocol/rest/null-rates.ts";
import { PerformanceBody } from "../../worker/protocol/rest/performance.ts";
import { fetchJson } from "./fetch-json.ts";
import { createRemote, type Remote } from "./remote.ts";

/** How often chance is listed (EV2): figures counted once a version of the rules, and built into the page. */
export function readNullRates(): NullRates {
  return v.parse(NullRates, JSON.parse(text));
}

/** The kinds of chance in which a base stands less often than in real shares. */
export function exceededNulls({
  nulls,
  real,
}: Pick<NullRates, "nulls" | "real">): ReturnType<typeof nullsExceeded> {
  return nullsExceeded(nulls, real);
}

/** Measuring a market takes a second or two; after the tries a missing day stands for a measuring that failed. */
const AGAIN_MS = 3_000;
const TRIES = 5;

/** `session`: the last one that was scanned, `2025-06-17`. */
export function createPerformance(session: Accessor<string | null>): Remote<PerformanceBody> {
  const remote = createRemote(async (abort) => fetchJson("/api/kr/performance", PerformanceBody, abort));
  let tries = 0;
  createEffect(
    on(
      session,
      () => {
        tries = 0;
        void untrack(async () => remote.reload());
      },
      { defer: true },
    ),
  );
  createEffect(
    on([remote.value, session], ([value, day]) => {
      if (value !== null && day !== null && (value.as_of ?? "") < day && tries < TRIES) {
        tries += 1;
        const timer = setTimeout(() => void remote.reload(), AGAIN_MS);
        onCleanup(() => {
          clearTimeout(timer);
        });
      }
    }),
  );
  return remote;
}
