/** How the market narrows to the list: each stage within the one before, with a bar in proportion. */
import { For, type JSX } from "solid-js";
import type { RunBody } from "../../../../worker/protocol/rest/scan-run.ts";
import { useApp } from "../../app-context.tsx";

type Counts = NonNullable<RunBody["funnel"]>;

const STAGES = [
  { key: "universe", label: "funnelUniverse" },
  { key: "eligible", label: "funnelEligible" },
  { key: "template", label: "funnelTemplate" },
  { key: "base", label: "funnelBase" },
  { key: "detected", label: "funnelDetected" },
] as const satisfies readonly { key: keyof Counts; label: string }[];

const WIDTH = 100;

export function Funnel(props: { counts: Counts }): JSX.Element {
  const { text, format } = useApp();
  const share = (key: keyof Counts): number => props.counts[key] / Math.max(1, props.counts.universe);
  return (
    <ol class="funnel">
      <For each={STAGES}>
        {(stage) => (
          <li>
            <span class="label">{text()[stage.label]}</span>
            <svg class="stage" viewBox={`0 0 ${WIDTH} 6`} preserveAspectRatio="none" aria-hidden="true">
              <rect class="track" x="0" y="0" width={WIDTH} height="6" />
              <rect class="fill" x="0" y="0" width={share(stage.key) * WIDTH} height="6" />
            </svg>
            <b class="number">{format().integer(props.counts[stage.key])}</b>
          </li>
        )}
      </For>
    </ol>
  );
}
