/**
 * When the list was last scanned, or how far the running scan is. The demo has a clock of its own: there the session means
 * more than this machine's time.
 */
import { type JSX, Show } from "solid-js";
import { isSimulated } from "../../../../worker/core/instrument/exchange-profile.ts";
import type { ScanStatus } from "../../../../worker/protocol/rest/scan-run.ts";
import { useApp } from "../../app-context.tsx";

export function ScanTime(props: { status: ScanStatus | null }): JSX.Element {
  const { text, format } = useApp();
  const run = (): ScanStatus["last_run"] => props.status?.last_run ?? null;
  const progress = (): string => {
    const { done = 0, total = 0 } = props.status?.progress ?? {};
    return total > 0 ? text().runProgress(format().integer(done), format().integer(total)) : "";
  };
  return (
    <p class="scan-item muted">
      <Show
        when={props.status === null || props.status.progress.stage === "idle"}
        fallback={
          <b>
            {text().scanRunning} {progress()}
          </b>
        }
      >
        <Show when={run()} fallback={props.status && text().noScan}>
          {(last) => (
            <>
              <a href={`/runs/${encodeURIComponent(last().id)}`}>{text().lastScan}</a>{" "}
              <Show
                when={!isSimulated(last().exchange)}
                fallback={<span>{text().closesOf(format().shortDay(last().as_of))}</span>}
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
