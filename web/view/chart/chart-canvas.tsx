/** The chart in the page: its code loads when a chart is first shown, and the drawn chart follows theme and price until its owner ends. */
import {
  type Accessor,
  createEffect,
  createMemo,
  createSignal,
  type JSX,
  on,
  onCleanup,
  onMount,
  Show,
  untrack,
} from "solid-js";
import { useApp } from "../app-context.tsx";
import { createMediaMatch } from "../environment.ts";
import { useChartCopy } from "./chart-copy.ts";
import { readLook } from "./chart-look.ts";
import { movedCursor, rangeWith, zoomedRange } from "./data/cursor.ts";
import type { ShownBar } from "./data/today.ts";
import type { ChartScene, LiveBar, makeVcpChart, VcpChart } from "./vcp-chart.ts";

/** 4 Hz: more only costs battery. */
const LIVE_MS = 250;

/** A place on the time axis, and how the reader came to it. */
export interface Pointed {
  readonly place: string;
  readonly isByKey: boolean;
  readonly isLeft: boolean;
}

interface Props {
  /** Another scene is drawn in the same chart, where its panes are the same. */
  readonly scene: ChartScene;
  readonly live: LiveBar;
  /** Those that are drawn, the running one too. */
  readonly bars: readonly ShownBar[];
  readonly summary: string;
  readonly children?: JSX.Element;
  readonly onPoint: (at: Pointed | null) => void;
  readonly onDrawn: (chart: VcpChart) => void;
  readonly onBroken: () => void;
}

/** Calls with the latest value, at most every {@link LIVE_MS}, the first at once. */
function followLive(chart: VcpChart, live: Accessor<LiveBar>): void {
  chart.live(untrack(live));
  let timer: ReturnType<typeof setTimeout> | null = null;
  createEffect(
    on(
      live,
      () => {
        timer ??= setTimeout(() => {
          timer = null;
          chart.live(live());
        }, LIVE_MS);
      },
      { defer: true },
    ),
  );
  onCleanup(() => {
    if (timer !== null) {
      clearTimeout(timer);
    }
  });
}

/** The chart once its code is here, and until its owner ends. */
function createDrawn(host: () => HTMLElement | undefined, props: Props): () => VcpChart | null {
  const [chart, setChart] = createSignal<VcpChart | null>(null);
  let isOver = false;
  let make: typeof makeVcpChart | null = null;
  function drawAnew(): void {
    const element = host();
    if (isOver || !element || !make) {
      return;
    }
    const made = make(
      element,
      untrack(() => props.scene),
      readLook(element),
    );
    made.onHover((place) => {
      props.onPoint(place === null ? null : { place, isByKey: false, isLeft: made.isLeft(place) });
    });
    setChart(made);
    props.onDrawn(made);
  }
  async function draw(): Promise<void> {
    make = (await import("./vcp-chart.ts")).makeVcpChart;
    drawAnew();
  }
  createEffect(
    on(
      () => props.scene,
      (scene) => {
        const made = untrack(chart);
        if (made === null) {
          return;
        }
        props.onPoint(null);
        if (made.show(scene)) {
          made.live(untrack(() => props.live));
        } else {
          made.remove();
          drawAnew();
        }
      },
      { defer: true },
    ),
  );
  onMount(() => {
    draw().catch(() => {
      props.onBroken();
    });
  });
  onCleanup(() => {
    isOver = true;
    chart()?.remove();
  });
  return chart;
}

/**
 * The wheel scrolls what the chart stands in; with Ctrl, as which a pinch of a touchpad arrives, or Meta it zooms. Sideways it
 * moves the days.
 */
function guardWheel(host: HTMLElement): void {
  host.addEventListener(
    "wheel",
    (event) => {
      if (!event.ctrlKey && !event.metaKey && event.deltaY !== 0) {
        event.stopPropagation();
      }
    },
    // Before the library, which would keep the page from scrolling.
    { capture: true, passive: true },
  );
}

/** Arrows, page keys and ends choose a bar, plus and minus zoom, Escape ends; other keys are left to the page. */
function createKeys(chart: () => VcpChart | null, props: Props): (event: KeyboardEvent) => void {
  let at: number | null = null;
  createEffect(
    on(
      () => props.scene,
      () => {
        at = null;
      },
      { defer: true },
    ),
  );
  /** The library moves its scales with the next frame, and a place is of the scales as they are. */
  function pointAfter(made: VcpChart, index: number | null): void {
    requestAnimationFrame(() => {
      const bar = index === null ? undefined : props.bars[index];
      if (bar && made === chart()) {
        made.point({ time: bar.date, price: bar.close });
      }
    });
  }
  return (event) => {
    const made = chart();
    if (made === null || event.ctrlKey || event.altKey || event.metaKey) {
      return;
    }
    const zoomed = zoomedRange(event.key, made.range(), at, props.bars.length);
    const next = movedCursor(event.key, at, props.bars.length);
    const bar = next === null ? undefined : props.bars[next];
    if (zoomed) {
      made.setRange(zoomed);
      pointAfter(made, at);
    } else if (next !== null && bar) {
      at = next;
      const range = made.range();
      const moved = rangeWith(range, next);
      if (moved.from === range.from) {
        made.point({ time: bar.date, price: bar.close });
      } else {
        made.setRange(moved);
        pointAfter(made, next);
      }
      props.onPoint({ place: bar.date, isByKey: true, isLeft: made.isLeft(bar.date) });
    } else if (event.key === "Escape" && at !== null) {
      at = null;
      made.point(null);
      props.onPoint(null);
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  };
}

/** How long a chart that ended with the focus keeps it for the next one: of a signal that has yet to come. */
const HANDED_MS = 3_000;
let handedAt = Number.NEGATIVE_INFINITY;

function handFocus(element: HTMLElement): void {
  if (performance.now() - handedAt < HANDED_MS && document.activeElement === document.body) {
    element.focus({ preventScroll: true });
  }
  handedAt = Number.NEGATIVE_INFINITY;
  onCleanup(() => {
    if (document.activeElement === element) {
      handedAt = performance.now();
    }
  });
}

export function ChartCanvas(props: Props): JSX.Element {
  const { preferences } = useApp();
  const copy = useChartCopy();
  const isDark = createMediaMatch("(prefers-color-scheme: dark)");
  const isForced = createMediaMatch("(forced-colors: active)");
  const [host, setHost] = createSignal<HTMLDivElement>();
  const chart = createDrawn(host, props);
  const live = createMemo(() => props.live);
  createEffect(() => {
    const made = chart();
    if (made) {
      followLive(made, live);
    }
  });
  createEffect(
    on(
      [preferences.theme, preferences.palette, isDark, isForced],
      () => {
        const element = host();
        // Another effect sets the attributes that the tokens follow: the tokens are read after it.
        queueMicrotask(() => {
          if (element) {
            untrack(chart)?.look(readLook(element));
          }
        });
      },
      { defer: true },
    ),
  );
  const onKey = createKeys(chart, props);
  const onBlur = (): void => {
    chart()?.point(null);
    props.onPoint(null);
  };
  onMount(() => {
    const element = host();
    if (element) {
      guardWheel(element);
      // Set here: the rules for markup know `application` as no role that takes keys, and a chart has no tag of its own.
      element.tabIndex = 0;
      element.addEventListener("keydown", onKey);
      element.addEventListener("blur", onBlur);
      handFocus(element);
    }
  });
  return (
    <figure class="chart-frame" aria-label={props.summary}>
      <div class="chart-host" ref={setHost} role="application" aria-label={copy().keys} />
      {props.children}
      <Show when={chart() === null}>
        <p class="chart-wait muted">{copy().chartLoading}</p>
      </Show>
    </figure>
  );
}
