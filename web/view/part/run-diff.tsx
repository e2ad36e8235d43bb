/** What a scan did to the signals, each a way to its page. */
import { createMemo, For, type JSX } from "solid-js";
import type { RunBody } from "../../../worker/protocol/run.ts";
import { useApp } from "../app-context.tsx";
import { tickerOf } from "../change-feed.ts";
import { useMarket } from "../market-context.tsx";

type Diff = NonNullable<RunBody["diff"]>;

const KINDS = [
  { key: "born", label: "runBorn" },
  { key: "moved", label: "runMoved" },
  { key: "revised", label: "runRevised" },
  { key: "ended", label: "runEnded" },
] as const satisfies readonly { key: keyof Diff; label: string }[];

export function RunDiff(props: { diff: Diff }): JSX.Element {
  const { text, format } = useApp();
  const { signals } = useMarket();
  const names = createMemo(() => new Map((signals.value()?.signals ?? []).map(({ id, name }) => [id, name])));
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
                    {names().get(id) ?? tickerOf(id)}
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
