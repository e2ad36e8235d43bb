/** The chart in the page: its code loads when a chart is first shown, and the drawn chart follows theme and price until its owner ends. */
import {
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
import { readLook } from "./chart-look.ts";
import type { ChartScene, VcpChart } from "./vcp-chart.ts";

/** 4 Hz: more only costs battery. */
const PRICE_MS = 250;

interface Props {
  /** Another scene is another chart. */
  readonly scene: ChartScene;
  readonly price: number | null;
  readonly summary: string;
  readonly onHover: (day: string | null) => void;
  readonly onBroken: () => void;
}

/** Calls with the latest value, at most every {@link PRICE_MS}, the first at once. */
function followPrice(chart: VcpChart, price: () => number | null): void {
  chart.price(price());
  let timer: ReturnType<typeof setTimeout> | null = null;
  createEffect(
    on(
      price,
      () => {
        timer ??= setTimeout(() => {
          timer = null;
          chart.price(price());
        }, PRICE_MS);
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
  async function draw(): Promise<void> {
    const { makeVcpChart } = await import("./vcp-chart.ts");
    const element = host();
    if (!isOver && element) {
      const made = makeVcpChart(element, props.scene, readLook(element));
      made.onHover((day) => {
        props.onHover(day);
      });
      setChart(made);
    }
  }
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

export function ChartCanvas(props: Props): JSX.Element {
  const { text, preferences } = useApp();
  const isDark = createMediaMatch("(prefers-color-scheme: dark)");
  const [host, setHost] = createSignal<HTMLDivElement>();
  const chart = createDrawn(host, props);
  const price = createMemo(() => props.price);
  createEffect(() => {
    const made = chart();
    if (made) {
      followPrice(made, price);
    }
  });
  createEffect(
    on(
      [preferences.theme, preferences.palette, isDark],
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
  return (
    <figure class="chart-frame" aria-label={props.summary}>
      <div class="chart-host" ref={setHost} />
      <Show when={chart() === null}>
        <p class="chart-wait muted">{text().chartLoading}</p>
      </Show>
    </figure>
  );
}
