/** How far the past of the market is: a bar with the time that is left, or why it has stopped and what helps. Moves by itself. */
import { type JSX, Show, untrack } from "solid-js";
import type { BackfillFacts } from "../../../../worker/protocol/rest/backfill.ts";
import type { StatusCopy } from "../../../i18n/ko-status.ts";
import { createBackfill } from "../../../store/market-status.ts";
import { useApp } from "../../app-context.tsx";
import { useStatusCopy } from "../../labels/status-copy.ts";
import { pastShare } from "../../labels/status-verdict.ts";
import { waitReason } from "../../labels/step-text.ts";
import { useMarket } from "../../market-context.tsx";
import "../../style/pages.css";

const MINUTE_S = 60;

/** Rounded up, so that it never promises too much. `null` while nothing can be said. */
function timeLeft(seconds: number | null, copy: StatusCopy): string {
  if (seconds === null) {
    return copy.backfillCounting;
  }
  if (seconds < 5) {
    return copy.backfillSoon;
  }
  return copy.backfillLeft(
    seconds < MINUTE_S
      ? copy.seconds(Math.ceil(seconds / 5) * 5)
      : copy.minutes(Math.ceil(seconds / MINUTE_S)),
  );
}

function TimeLeft(props: { seconds: number | null }): JSX.Element {
  const copy = useStatusCopy();
  const words = (): string => timeLeft(props.seconds, copy());
  return <span>{words()}</span>;
}

/** The bar alone, for whoever has the figures already. */
export function BackfillBar(props: { past: BackfillFacts }): JSX.Element {
  const { format } = useApp();
  const copy = useStatusCopy();
  const share = (): number => pastShare(props.past);
  const isWaiting = (): boolean => props.past.status === "waiting";
  const counted = (): string =>
    (props.past.counts === "shares" ? copy().backfillShares : copy().backfillShare)(
      format().integer(props.past.sessions),
      format().integer(props.past.wanted),
    );
  // An older answer has it in its reason alone, which begins with the status.
  const waits = (reason: string): BackfillFacts["waits"] =>
    props.past.waits ?? (reason.startsWith("denied,") ? "refused" : "failed");
  return (
    <div class="backfill" data-status={props.past.status}>
      <div class="backfill-head">
        <b class="number">{format().share(share())}</b>
        <span class="muted number">{counted()}</span>
        <span class="muted backfill-left">
          <Show when={props.past.status === "running"}>
            <TimeLeft seconds={props.past.seconds_left} />
          </Show>
        </span>
      </div>
      <progress
        class="backfill-track"
        aria-label={copy().backfillTitle}
        aria-valuetext={`${format().share(share())}, ${counted()}`}
        max={props.past.wanted}
        value={props.past.sessions}
      />
      <Show
        when={isWaiting() && props.past.reason}
        fallback={<p class="muted backfill-note">{copy().backfillEnds}</p>}
      >
        {(reason) => (
          <output class="notice error">
            <span>
              <b>{copy().backfillWaits(waitReason(reason(), { copy: copy(), format: format() }))}</b>{" "}
              {waits(reason()) === "refused" ? copy().backfillRefused : copy().backfillAgain}
            </span>
          </output>
        )}
      </Show>
    </div>
  );
}

/** As the answer of the page's own question had it, and from there on by itself; gone when the past is there. */
export function BackfillProgress(props: { past: BackfillFacts; isComing: boolean }): JSX.Element {
  const copy = useStatusCopy();
  const market = useMarket();
  // The first figures only: from then on the store has newer ones.
  const past = createBackfill(
    untrack(() => props.past),
    () => {
      market.reload();
    },
  );
  return (
    <Show when={past.value()}>
      {(known) => (
        <>
          <h3>{props.isComing ? copy().backfillComing : copy().backfillEmpty}</h3>
          <BackfillBar past={known()} />
        </>
      )}
    </Show>
  );
}
