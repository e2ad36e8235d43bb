/** Why shares were left out, by the first rule each missed, with a bar in proportion. */
import { For, type JSX } from "solid-js";
import type { RunBody } from "../../../../worker/protocol/rest/scan-run.ts";
import { useApp } from "../../app-context.tsx";
import { rejectsOf } from "../../labels/run-facts.ts";

const WIDTH = 100;

export function RejectBars(props: { rejects: RunBody["rejects"] }): JSX.Element {
  const { text, format } = useApp();
  return (
    <ol class="rejects">
      <For each={rejectsOf(props.rejects)} fallback={<li class="muted">{text().runRejectsNone}</li>}>
        {(reject) => (
          <li>
            <span class="label">{text().ruleWords(reject.rule)}</span>
            <code class="muted">{reject.rule}</code>
            <svg class="stage" viewBox={`0 0 ${WIDTH} 6`} preserveAspectRatio="none" aria-hidden="true">
              <rect class="track" x="0" y="0" width={WIDTH} height="6" />
              <rect class="fill" x="0" y="0" width={reject.share * WIDTH} height="6" />
            </svg>
            <b class="number">{format().integer(reject.count)}</b>
          </li>
        )}
      </For>
    </ol>
  );
}
