/** Why the scan that would be the newest is missing: without it an old list looks like a new one. */
import { type JSX, lazy, Show, Suspense } from "solid-js";
import type { ScanStatus } from "../../../../worker/protocol/rest/scan-run.ts";
import { SCAN_TEXTS, type ScanTexts } from "../../../i18n/scan-texts.ts";
import { useApp } from "../../app-context.tsx";
import { useRuleCopy } from "../../labels/rule-copy.ts";
import { missingScan } from "../../labels/run-facts.ts";

const MissingNotice = lazy(async () => ({
  default: (await import("../status/missing-notice.tsx")).MissingNotice,
}));

/** Nothing while none is missing. An overdue one states why by itself, so that one refusal does not stand there twice. */
export function MissingScan(props: { status: ScanStatus | null }): JSX.Element {
  const { locale } = useApp();
  const rules = useRuleCopy();
  const texts = (): ScanTexts => SCAN_TEXTS[locale()];
  return (
    <Show
      when={props.status?.overdue}
      fallback={
        <Show when={missingScan(props.status?.last_run ?? null)}>
          {(reason) => <p class="notice warn">{texts().scanMissing(rules().runReasonText(reason()))}</p>}
        </Show>
      }
    >
      <Show when={props.status?.missing} fallback={<p class="notice warn">{texts().scanOverdue}</p>}>
        {(missing) => (
          <Suspense fallback={<p class="notice warn">{texts().scanOverdue}</p>}>
            <MissingNotice missing={missing()} linked={true} />
          </Suspense>
        )}
      </Show>
    </Show>
  );
}
