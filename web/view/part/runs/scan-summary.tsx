/** The last scan in short: when it ran or how far it is, its session, and its funnel. */
import { For, type JSX, lazy, Show, Suspense } from "solid-js";
import { isSimulated } from "../../../../worker/core/instrument/exchange-profile.ts";
import type { RunBody, ScanStatus } from "../../../../worker/protocol/rest/scan-run.ts";
import type { Remote } from "../../../store/remote.ts";
import { SCAN_TEXTS, type ScanTexts } from "../../../i18n/scan-texts.ts";
import { useApp } from "../../app-context.tsx";
import { useRuleCopy } from "../../labels/rule-copy.ts";
import { judgedRun } from "../../labels/run-facts.ts";
import { RemoteState } from "../ui/remote-state.tsx";

const ComingPast = lazy(async () => ({
  default: (await import("../status/coming-past.tsx")).ComingPast,
}));

/**
 * When the list was last scanned, or how far the running scan is. The demo has a clock of its own: so the session
 * stands there instead of this machine's time.
 */
export function ScanTime(props: { status: ScanStatus | null }): JSX.Element {
  const { text, format, locale } = useApp();
  const texts = (): ScanTexts => SCAN_TEXTS[locale()];
  const run = (): RunBody | null => judgedRun(props.status);
  const progress = (): string => {
    const { done = 0, total = 0 } = props.status?.progress ?? {};
    return total > 0 ? texts().runProgress(format().integer(done), format().integer(total)) : "";
  };
  return (
    <p class="scan-item muted">
      <Show
        when={props.status === null || props.status.progress.stage === "idle"}
        fallback={
          <b>
            {texts().scanRunning} {progress()}
          </b>
        }
      >
        <Show when={run()} fallback={props.status && texts().noScan}>
          {(last) => (
            <>
              <a href={`/runs/${encodeURIComponent(last().id)}`}>{texts().lastScan}</a>{" "}
              <Show
                when={!isSimulated(last().exchange)}
                fallback={<span>{text().closesOf(format().day(last().as_of))}</span>}
              >
                <time datetime={last().finished_at ?? last().started_at} class="number">
                  {format().time(last().finished_at ?? last().started_at, last().as_of)} {text().kst}
                </time>
              </Show>
            </>
          )}
        </Show>
      </Show>
    </p>
  );
}

/** What the last scan did: its session, and how many shares passed each stage. */
export function ScanCard(props: { remote: Remote<ScanStatus> }): JSX.Element {
  const { text, format, locale } = useApp();
  const rules = useRuleCopy();
  const texts = (): ScanTexts => SCAN_TEXTS[locale()];
  const run = (): RunBody | null => judgedRun(props.remote.value());
  return (
    <section class="card scan-card" aria-labelledby="scan-title" aria-busy={props.remote.busy()}>
      <h2 id="scan-title">{texts().scanTitle}</h2>
      <RemoteState remote={props.remote} rows={5} />
      <Show when={props.remote.value()?.overdue}>
        <p class="notice warn">{texts().scanOverdue}</p>
      </Show>
      <Show when={props.remote.value()?.coming}>
        <Suspense>
          <ComingPast status={props.remote.value()} />
        </Suspense>
      </Show>
      <Show when={run()} fallback={<Show when={props.remote.value()}>{texts().scanEmpty}</Show>}>
        {(last) => (
          <>
            <p class="muted">
              {text().closesOf(format().day(last().as_of))} · {text()[`run_${last().status}`]}
            </p>
            <Show
              when={last().funnel}
              fallback={<p class="muted">{rules().runReasonText(last().reason ?? "")}</p>}
            >
              {(counts) => <Funnel counts={counts()} />}
            </Show>
          </>
        )}
      </Show>
    </section>
  );
}

type Counts = NonNullable<RunBody["funnel"]>;

const STAGES = [
  { key: "universe", label: "funnelUniverse" },
  { key: "eligible", label: "funnelEligible" },
  { key: "template", label: "funnelTemplate" },
  { key: "base", label: "funnelBase" },
  { key: "detected", label: "funnelDetected" },
] as const satisfies readonly { key: keyof Counts; label: string }[];

const WIDTH = 100;

/** A fraction as a bar. Decoration: the number stands beside it. */
export function ShareBar(props: { share: number }): JSX.Element {
  return (
    <svg class="stage" viewBox={`0 0 ${WIDTH} 6`} preserveAspectRatio="none" aria-hidden="true">
      <rect class="track" x="0" y="0" width={WIDTH} height="6" />
      <rect class="fill" x="0" y="0" width={props.share * WIDTH} height="6" />
    </svg>
  );
}

/** How the market narrows to the list: each stage within the one before, with a bar in proportion. */
export function Funnel(props: { counts: Counts }): JSX.Element {
  const { format, locale } = useApp();
  const texts = (): ScanTexts => SCAN_TEXTS[locale()];
  const share = (key: keyof Counts): number => props.counts[key] / Math.max(1, props.counts.universe);
  return (
    <ol class="funnel">
      <For each={STAGES}>
        {(stage) => (
          <li>
            <span class="label">{texts()[stage.label]}</span>
            <ShareBar share={share(stage.key)} />
            <b class="number">{format().integer(props.counts[stage.key])}</b>
          </li>
        )}
      </For>
    </ol>
  );
}
