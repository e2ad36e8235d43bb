/** What a scan did to the signals, each a way to its page. */
import { For, type JSX } from "solid-js";
import type { RunDetail } from "../../../../worker/protocol/rest/scan-run.ts";
import { useApp } from "../../app-context.tsx";
import { tickerOf } from "../../labels/change-feed.ts";

type Diff = NonNullable<RunDetail["diff"]>;

const KINDS = [
  { key: "born", label: "runBorn" },
  { key: "moved", label: "runMoved" },
  { key: "revised", label: "runRevised" },
  { key: "ended", label: "runEnded" },
] as const satisfies readonly { key: keyof Diff; label: string }[];

export function RunDiff(props: { diff: Diff; names: RunDetail["names"] }): JSX.Element {
  const { text, format } = useApp();
  return (
    <dl class="run-diff">
      <For each={KINDS}>
        {(kind) => (
          <div>
            <dt>
              {text()[kind.label]} <b class="number">{format().integer(props.diff[kind.key].length)}</b>
            </dt>
            <dd>
              <For each={props.diff[kind.key]} fallback={<span class="muted">{text().runNobody}</span>}>
                {(id) => (
                  <a class="number" href={`/signals/${encodeURIComponent(id)}`}>
                    {props.names[tickerOf(id)] ?? tickerOf(id)}
                  </a>
                )}
              </For>
            </dd>
          </div>
        )}
      </For>
    </dl>
  );
}
