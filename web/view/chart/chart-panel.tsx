/** The chart of a share, with the pattern where there is one; as a picture or as a table. */
import { createMemo, createSignal, For, type JSX, Match, Show, Switch } from "solid-js";
import type { ChartBody } from "../../../worker/protocol/rest/chart.ts";
import { TAGS } from "../../i18n/locale.ts";
import type { Remote } from "../../store/remote.ts";
import { useApp } from "../app-context.tsx";
import { useMarket } from "../market-context.tsx";
import { RemoteState } from "../part/ui/remote-state.tsx";
import { createShortcuts } from "../shortcuts.ts";
import { ChartCanvas } from "./chart-canvas.tsx";
import { chartData, MEANS, shownRange } from "./chart-data.ts";
import { ChartTable } from "./chart-table.tsx";
import type { ChartScene } from "./vcp-chart.ts";
import type { Pattern } from "./vcp-primitive.ts";

type Bar = ChartBody["bars"][number];

/** Which line is which, and the values of the day under the pointer, the last one without. */
function ChartLegend(props: { bar: Bar | null }): JSX.Element {
  const { text, format } = useApp();
  const values = (bar: Bar): readonly (readonly [string, string])[] => [
    [text().barOpen, format().price(bar.open)],
    [text().barHigh, format().price(bar.high)],
    [text().barLow, format().price(bar.low)],
    [text().barClose, format().price(bar.close)],
    [text().barVolume, format().compact(bar.volume)],
  ];
  return (
    <div class="chart-legend" aria-hidden="true">
      <span class="chart-bar">
        <Show when={props.bar}>
          {(bar) => (
            <>
              <b class="number">{format().shortDay(bar().date)}</b>
              <For each={values(bar())}>
                {([label, value]) => (
                  <span class="number">
                    <span class="muted">{label}</span> {value}
                  </span>
                )}
              </For>
            </>
          )}
        </Show>
      </span>
      <span class="chart-means">
        <For each={MEANS}>
          {(bars) => (
            <span class={`mean mean-${bars}`}>
              <svg width="18" height="6" aria-hidden="true">
                <line x1="0" y1="3" x2="18" y2="3" />
              </svg>
              {text().mean(bars)}
            </span>
          )}
        </For>
      </span>
    </div>
  );
}

interface Props {
  readonly remote: Remote<ChartBody>;
  /** The levels and legs; `null` draws candles only. */
  readonly pattern: Pattern | null;
  readonly price: number | null;
  /** What the picture shows, in one sentence. */
  readonly summary: string;
  /** Names a pattern that is faded; it stands in the summary too. */
  readonly note?: string | null;
}

function Picture(props: Props & { chart: ChartBody; onBroken: () => void }): JSX.Element {
  const { locale, text, format } = useApp();
  const { feed } = useMarket();
  const [day, setDay] = createSignal<string | null>(null);
  const bar = createMemo(
    () => props.chart.bars.find(({ date }) => date === day()) ?? props.chart.bars.at(-1) ?? null,
  );
  const scene = createMemo((): ChartScene => ({
    data: chartData(props.chart.bars),
    range: shownRange(props.chart.bars, props.pattern?.legs[0]?.highDay ?? null),
    pattern: props.pattern,
    texts: {
      locale: TAGS[locale()],
      pivot: text().colPivot,
      stop: text().colStop,
      now: feed()?.state === "none" ? text().barClose : text().chartNow,
      price: (value) => format().price(value),
      volume: (value) => format().compact(value),
    },
  }));
  return (
    <>
      <ChartLegend bar={bar()} />
      <Show when={props.note}>
        {(note) => (
          <p class="chart-note muted" aria-hidden="true">
            <svg width="18" height="10" aria-hidden="true">
              <rect x="0.5" y="0.5" width="17" height="9" />
            </svg>
            {note()}
          </p>
        )}
      </Show>
      <Show when={scene()} keyed>
        {(drawn) => (
          <ChartCanvas
            scene={drawn}
            price={props.price}
            summary={props.summary}
            onHover={setDay}
            onBroken={() => {
              props.onBroken();
            }}
          />
        )}
      </Show>
    </>
  );
}

export function ChartPanel(props: Props): JSX.Element {
  const { text, preferences } = useApp();
  const [isTable, setTable] = createSignal(false);
  const [isBroken, setBroken] = createSignal(false);
  const bars = (): ChartBody["bars"] => props.remote.value()?.bars ?? [];
  createShortcuts({ t: () => setTable(!isTable()) }, preferences.keys);
  return (
    <section class="card chart-panel" aria-labelledby="chart-title" aria-busy={props.remote.busy()}>
      <div class="panel-head">
        <h2 id="chart-title">{text().chartTitle}</h2>
        <button type="button" class="action small" aria-keyshortcuts="t" onClick={() => setTable(!isTable())}>
          {isTable() ? text().chartAsPicture : text().chartAsTable}
        </button>
      </div>
      <RemoteState remote={props.remote} rows={0} />
      <Show when={isBroken()}>
        <p class="notice warn">{text().chartBroken}</p>
      </Show>
      <p class="visually-hidden">{props.summary}</p>
      <Show
        when={props.remote.value()}
        fallback={<Show when={props.remote.busy()}>{<div class="chart-frame" />}</Show>}
      >
        {(chart) => (
          <Switch fallback={<p class="muted">{text().chartEmpty}</p>}>
            <Match when={bars().length > 0 && (isTable() || isBroken())}>
              <ChartTable bars={bars()} />
            </Match>
            <Match when={bars().length > 0}>
              <Picture {...props} chart={chart()} onBroken={() => setBroken(true)} />
            </Match>
          </Switch>
        )}
      </Show>
      <p class="chart-credit">
        <a href="https://www.tradingview.com/" rel="external noopener noreferrer" target="_blank">
          {text().chartCredit}
        </a>
      </p>
    </section>
  );
}
