/** One share: its chart, and whether it is a candidate today; if not, why not. */
import { useParams } from "@solidjs/router";
import { createEffect, createMemo, type JSX, Show, untrack } from "solid-js";
import { exchangeOf } from "../../../worker/core/instrument/exchange-profile.ts";
import type { StockSignalsBody } from "../../../worker/protocol/rest/signal-list.ts";
import type { StockBody } from "../../../worker/protocol/rest/stock.ts";
import type { SignalRow } from "../../../worker/protocol/signal-row.ts";
import type { ExplainedVerdictBody } from "../../../worker/protocol/verdict.ts";
import { createChart } from "../../store/chart.ts";
import { createStock, createStockSignals } from "../../store/stock.ts";
import { hasEnded } from "../../store/signals/has-ended.ts";
import { PAGE_TEXTS } from "../../i18n/page-texts.ts";
import { useApp } from "../app-context.tsx";
import { useFormCopy } from "../labels/form-copy.ts";
import { useRuleCopy } from "../labels/rule-copy.ts";
import { shownScore } from "../labels/score-parts.ts";
import { createTickerPrice } from "../list/create-ticker-price.ts";
import { createShortcuts } from "../keys/shortcuts.ts";
import { ChartPanel } from "../chart/chart-panel.tsx";
import { TellMeButton } from "../part/alerts/tell-me-button.tsx";
import { ContractionTable } from "../part/signal/base-levels.tsx";
import { FormChecklist } from "../part/signal/form-checklist.tsx";
import { LiveQuote } from "../part/signal/live-quote.tsx";
import { ScoreTable, TemplateChecklist } from "../part/signal/scoring.tsx";
import { VerdictCard } from "../part/signal/verdict-card.tsx";
import { StarButton } from "../part/signals/star-button.tsx";
import { OwnCard } from "../part/watch/own-card.tsx";
import { RemotePage } from "../part/ui/remote-page.tsx";
import { ShareTools } from "../position/share-tools.tsx";
import { patternOf, shareBase, summaryOf } from "../signal-pattern.ts";

/** The trend template, and the score where it is of the base shown. */
function Scoring(props: { verdict: ExplainedVerdictBody }): JSX.Element {
  return (
    <section class="card">
      <TemplateChecklist terms={props.verdict.trend_template} />
      <Show when={shownScore(props.verdict)}>
        {(terms) => <ScoreTable terms={terms()} score={props.verdict.score} />}
      </Show>
    </section>
  );
}

/** The open signal, whose base is drawn when it is a listed one: the chart marks the others. */
function openOf(body: StockSignalsBody | null): SignalRow | null {
  return body?.signals.find((signal) => !hasEnded(signal)) ?? null;
}

/** The contractions of the base shown, and every rule of the form. */
function Below(props: { verdict: ExplainedVerdictBody; shown: ReturnType<typeof shareBase> }): JSX.Element {
  return (
    <div class="below">
      <Show when={props.shown.base.contractions.length > 0}>
        <section class="card">
          <ContractionTable legs={props.shown.base.contractions} near={props.shown.near} />
        </section>
      </Show>
      <FormChecklist verdict={props.verdict} footprint={props.shown.footprint} />
    </div>
  );
}

function StockParts(props: { stock: StockBody }): JSX.Element {
  const { text, format, naming } = useApp();
  const copy = useFormCopy();
  const rules = useRuleCopy();
  const { ticker } = untrack(() => props.stock);
  const price = createTickerPrice(ticker);
  const chart = createChart(ticker);
  const signals = createStockSignals(ticker);
  const open = createMemo(() => openOf(signals.value()));
  const name = createMemo(() =>
    naming(props.stock.instrument ?? { ticker, name: props.stock.verdict?.name ?? ticker }),
  );
  const shown = createMemo(() => shareBase(props.stock.verdict, rules(), copy()));
  const pattern = createMemo(() => patternOf(shown().base, text(), format(), shown().near !== null));
  return (
    <>
      <header class="page-head">
        <div class="page-title">
          <StarButton ticker={ticker} name={name().name} />
          <h2 title={name().title}>{name().name}</h2>
          <span class="number">{name().code}</span>
          <span class="muted">
            {[props.stock.instrument?.market, props.stock.instrument?.industry]
              .filter((part) => typeof part === "string")
              .join(" · ")}
          </span>
          <LiveQuote
            live={price()}
            close={props.stock.verdict?.current_price ?? null}
            closeOf={props.stock.verdict?.last_date ?? null}
          />
          <TellMeButton ticker={ticker} name={name().name} />
        </div>
      </header>
      <ChartPanel
        remote={chart}
        pattern={pattern()}
        live={price()}
        signals={signals.value()?.signals ?? []}
        signal={shown().near === null ? (open()?.id ?? null) : null}
        summary={summaryOf(shown().base, text(), format(), shown().near)}
        note={shown().near}
      />
      <div class="side">
        <VerdictCard verdict={props.stock.verdict} signals={signals.value()?.signals ?? []} />
        <Show when={props.stock.verdict}>{(verdict) => <Scoring verdict={verdict()} />}</Show>
        <ShareTools ticker={ticker} signal={open()} price={price()} chart={chart.value()} />
        <OwnCard ticker={ticker} name={name().name} />
      </div>
      <Show when={props.stock.verdict}>{(verdict) => <Below verdict={verdict()} shown={shown()} />}</Show>
    </>
  );
}

function StockView(props: { code: string }): JSX.Element {
  const { text, naming, locale, device, preferences } = useApp();
  const stock = createStock(untrack(() => props.code));
  createShortcuts({ w: () => stock.value() !== null && device.stars.toggle(props.code) }, preferences.keys);
  createEffect(() => {
    document.title = `${naming(stock.value()?.instrument ?? { ticker: props.code, name: props.code }).name} · ${text().product}`;
  });
  return (
    <RemotePage
      remote={stock}
      class="signal-page"
      back={{ href: "/", label: text().back }}
      gone={PAGE_TEXTS[locale()].stockUnknown}
      owner={exchangeOf(props.code)}
    >
      {(known) => <StockParts stock={known()} />}
    </RemotePage>
  );
}

export function StockPage(): JSX.Element {
  const params = useParams();
  return (
    <Show when={params["code"]} keyed>
      {(code) => <StockView code={code.toUpperCase()} />}
    </Show>
  );
}
