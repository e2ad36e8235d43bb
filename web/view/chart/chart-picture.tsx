/** The drawn chart with what belongs to it: legend, tooltip, the sentence for who cannot see it, and the marks in words. */
import { createMemo, createSignal, type JSX, Show } from "solid-js";
import { TAGS } from "../../i18n/locale.ts";
import { useApp } from "../app-context.tsx";
import { createMediaMatch } from "../environment.ts";
import { useMarket } from "../market-context.tsx";
import { barSentence } from "./bar-text.ts";
import { ChartCanvas, type Pointed } from "./chart-canvas.tsx";
import { useChartCopy } from "./chart-copy.ts";
import { candleOf, chartData, MEANS, shownRange, WEEK_MEANS } from "./chart-data.ts";
import { ChartLegend } from "./chart-legend.tsx";
import { ChartMarks } from "./chart-marks.tsx";
import type { ChartTexts } from "./chart-parts.ts";
import { ChartTip } from "./chart-tip.tsx";
import type { BarFacts, ChartModel } from "./create-chart-model.ts";
import type { ChartChoice } from "./data/chart-choice.ts";
import type { Range } from "./data/cursor.ts";
import { markGlyph } from "./mark-text.ts";
import type { ChartScene, VcpChart } from "./vcp-chart.ts";
import type { Pattern } from "./vcp-primitive.ts";

interface Props {
  /** What is drawn: where the reader has moved stays with it. */
  readonly of: string;
  readonly model: ChartModel;
  readonly choice: ChartChoice;
  readonly pattern: Pattern | null;
  readonly price: number | null;
  readonly summary: string;
  readonly note: string | null;
  readonly onDrawn: (chart: VcpChart) => void;
  readonly onBroken: () => void;
}

/** As in the styles: the values stand over the picture there, because a tooltip would cover half of it. */
function createNarrow(): () => boolean {
  return createMediaMatch("(width < 768px)");
}

/** The legs on the places of the time axis. */
function placed(pattern: Pattern, placeOf: (day: string) => string): Pattern {
  const legs = pattern.legs.map((leg) => ({
    ...leg,
    highDay: placeOf(leg.highDay),
    lowDay: placeOf(leg.lowDay),
  }));
  return { ...pattern, legs };
}

/** What the chart is made from; it does not follow the price, which moves inside a drawn chart. */
function createScene(props: Props, kept: (axis: string) => Range | null): () => ChartScene {
  const { locale, text, format } = useApp();
  const copy = useChartCopy();
  const { feed } = useMarket();
  const isNarrow = createNarrow();
  const now = createMemo(() => (feed()?.state === "none" ? text().barClose : copy().chartNow));
  const texts = createMemo((): ChartTexts => ({
    locale: TAGS[locale()],
    pivot: text().colPivot,
    stop: text().colStop,
    rs: copy().rs,
    now: now(),
    price: (value) => format().price(value),
    volume: (value) => format().compact(value),
    points: (value) => format().score(value),
  }));
  const scene = createMemo((): ChartScene => {
    const { model, choice } = props;
    const pattern = props.pattern && placed(props.pattern, (day) => model.placeOf(day));
    const bars = model.stored();
    const since = pattern?.legs[0]?.highDay ?? null;
    const axis = [props.of, choice.isWeekly, isNarrow(), since].join(" ");
    return {
      data: chartData(bars, choice.isWeekly ? WEEK_MEANS : MEANS),
      range: kept(axis) ?? shownRange(bars, since, isNarrow()),
      isLog: choice.isLog,
      pattern,
      marks: model
        .marks()
        .map((mark) => ({ time: model.placeOf(mark.day), glyph: markGlyph(mark) }))
        .toReversed(),
      rs: choice.hasRs ? model.rs() : null,
      texts: texts(),
    };
  });
  return scene;
}

/** Which part of the pattern is faded, and why no running bar is drawn. */
function Notes(props: { note: string | null; isRebased: boolean }): JSX.Element {
  const copy = useChartCopy();
  return (
    <>
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
      <Show when={props.isRebased}>
        <p class="small-note muted">{copy().rebased}</p>
      </Show>
    </>
  );
}

/** The bar that the reader is at, and its sentence where keys led there: a pointer is not spoken after. */
function createPointing(props: Props): {
  readonly setAt: (at: Pointed | null) => void;
  readonly isLeft: () => boolean;
  readonly facts: () => BarFacts | null;
  readonly spoken: () => string;
} {
  const { text, format } = useApp();
  const copy = useChartCopy();
  const [at, setAt] = createSignal<Pointed | null>(null);
  const facts = createMemo(() => {
    const pointed = at();
    return pointed && props.model.facts(pointed.place);
  });
  const spoken = createMemo(() => {
    const known = facts();
    const words = { copy: copy(), text: text(), format: format() };
    return known && at()?.isByKey === true ? barSentence(known, props.choice.isWeekly, words) : "";
  });
  return { setAt, isLeft: () => at()?.isLeft === true, facts, spoken };
}

export function ChartPicture(props: Props): JSX.Element {
  const isNarrow = createNarrow();
  const { setAt, isLeft, facts, spoken } = createPointing(props);
  let drawn: VcpChart | null = null;
  let axis: string | null = null;
  const scene = createScene(props, (next) => {
    const range = next === axis && drawn ? drawn.range() : null;
    axis = next;
    return range;
  });
  const live = createMemo(() => {
    const bar = props.model.running();
    return { price: props.price, candle: bar && candleOf(bar), volume: bar?.volume ?? null };
  });
  return (
    <>
      <ChartLegend
        model={props.model}
        pointed={isNarrow() ? facts() : null}
        isWeekly={props.choice.isWeekly}
        hasRs={props.choice.hasRs}
      />
      <Notes note={props.note} isRebased={props.model.today()?.isRebased === true} />
      <ChartCanvas
        scene={scene()}
        live={live()}
        bars={props.model.shown()}
        summary={props.summary}
        onPoint={setAt}
        onDrawn={(chart) => {
          drawn = chart;
          props.onDrawn(chart);
        }}
        onBroken={() => {
          props.onBroken();
        }}
      >
        <Show when={!isNarrow() && facts()}>
          {(known) => <ChartTip facts={known()} isWeekly={props.choice.isWeekly} isLeft={isLeft()} />}
        </Show>
      </ChartCanvas>
      <p class="visually-hidden" aria-live="polite">
        {spoken()}
      </p>
      <ChartMarks marks={props.model.marks()} />
    </>
  );
}
