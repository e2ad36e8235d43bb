/** Why a list is empty, and what one can do about it. */
import { type JSX, lazy, Match, Show, Suspense, Switch } from "solid-js";
import type { ScanStatus } from "../../../../worker/protocol/rest/scan-run.ts";
import { EMPTY_TEXTS, type EmptyTexts } from "../../../i18n/empty-texts.ts";
import { createHealth } from "../../../store/health.ts";
import { useApp } from "../../app-context.tsx";
import { useRuleCopy } from "../../labels/rule-copy.ts";
import { judgedRun } from "../../labels/run-facts.ts";
import { Funnel } from "../runs/scan-summary.tsx";

const BackfillProgress = lazy(async () => ({
  default: (await import("../status/backfill-progress.tsx")).BackfillProgress,
}));

/** `status` is `null` while unknown. */
export function SignalEmpty(props: { status: ScanStatus | null }): JSX.Element {
  const { text, format, locale } = useApp();
  const rules = useRuleCopy();
  const texts = (): EmptyTexts => EMPTY_TEXTS[locale()];
  const health = createHealth();
  return (
    <div class="empty">
      <Switch>
        <Match when={props.status?.backfill}>
          {(past) => (
            <Suspense>
              <BackfillProgress past={past()} isComing={false} />
            </Suspense>
          )}
        </Match>
        <Match when={health.value()?.book.tickers === 0}>
          <h3>{texts().emptyNoBarsTitle}</h3>
          <p>{texts().emptyNoBarsText}</p>
          <code class="command">npm run import -- FILE --use</code>
          <a href="/status">{texts().emptyNoBarsKey}</a>
        </Match>
        <Match when={judgedRun(props.status)?.funnel}>
          {(counts) => (
            <>
              <h3>{texts().emptyNothingTitle}</h3>
              <p>
                {texts().emptyNothingText(
                  format().integer(counts().universe),
                  format().integer(counts().base),
                )}
              </p>
              <Funnel counts={counts()} />
              <p>
                <a href="/runs">{text().navRuns}</a>
              </p>
            </>
          )}
        </Match>
        <Match when={props.status}>
          <h3>{texts().emptyNotScannedTitle}</h3>
          <p>{texts().emptyNotScannedText}</p>
          <Show when={props.status?.last_run?.reason}>
            {(reason) => <p class="muted">{rules().runReasonText(reason())}</p>}
          </Show>
        </Match>
      </Switch>
    </div>
  );
}
