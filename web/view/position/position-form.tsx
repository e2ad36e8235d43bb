/** UI220 to UI223: the calculator of one open signal. The arithmetic stands in `position-size.ts`. */
import { createMemo, For, type JSX, Show, untrack } from "solid-js";
import { profileOf } from "../../../worker/core/instrument/exchange-profile.ts";
import type { Exchange } from "../../../worker/core/instrument/instrument.ts";
import type { ChartBody } from "../../../worker/protocol/rest/chart.ts";
import type { SignalRow } from "../../../worker/protocol/signal-row.ts";
import { POSITION_TEXTS, type PositionTexts } from "../../i18n/position-texts.ts";
import type { LivePrice } from "../../store/live-price.ts";
import { useApp } from "../app-context.tsx";
import { meanVolume } from "../chart/data/today.ts";
import { createPosition, type TypedPosition } from "./create-position.ts";
import { PositionField, type Taken } from "./position-field.tsx";
import { PositionResult } from "./position-result.tsx";
import type { FieldName, RiskUnit } from "./position-size.ts";

export interface PositionOf {
  readonly signal: SignalRow;
  /** A signal is of one exchange for its whole life. */
  readonly exchange: Exchange;
  readonly price: LivePrice | null;
  /** With the share's volumes; `null` while they are not here. */
  readonly chart: ChartBody | null;
}

/** The known prices that a field can take. */
function takesOf(
  name: FieldName,
  signal: SignalRow,
  price: LivePrice | null,
  { take }: PositionTexts,
): readonly Taken[] {
  switch (name) {
    case "entry":
      return [
        { label: take.entry, value: signal.entry_price },
        { label: take.pivot, value: signal.pivot },
        ...(price === null
          ? []
          : [{ label: price.at === null ? take.close : take.price, value: price.price }]),
      ];
    case "stop":
      return [{ label: take.stop, value: signal.stop_loss }];
    case "equity":
    case "risk":
      return [];
  }
}

function labelOf(name: FieldName, unit: RiskUnit, { fields, riskWon }: PositionTexts): string {
  return name === "risk" && unit === "won" ? riskWon : fields[name];
}

function errorOf(name: FieldName, typed: TypedPosition, texts: PositionTexts): string | null {
  const isWon = name === "risk" && typed.unit() === "won";
  const known: Readonly<Partial<Record<string, string>>> = isWon
    ? { ...texts.faults.equity, range: texts.riskWonRange }
    : texts.faults[name];
  return known[typed.fault(name) ?? ""] ?? null;
}

/** Per cent of the equity, or won. */
function UnitChoice(props: {
  unit: RiskUnit;
  texts: PositionTexts;
  onChoose: (unit: RiskUnit) => void;
}): JSX.Element {
  return (
    <fieldset class="switch">
      <legend class="visually-hidden">{props.texts.riskUnit}</legend>
      <For each={["percent", "won"] as const}>
        {(unit) => (
          <button
            type="button"
            aria-pressed={props.unit === unit}
            onClick={() => {
              props.onChoose(unit);
            }}
          >
            {props.texts.riskUnits[unit]}
          </button>
        )}
      </For>
    </fieldset>
  );
}

export function PositionForm(props: PositionOf): JSX.Element {
  const { locale, format, device } = useApp();
  const texts = createMemo(() => POSITION_TEXTS[locale()]);
  const { grid } = profileOf(untrack(() => props.exchange));
  const typed = createPosition(() => props.signal, grid, format, device.shelf);
  const volume = createMemo(() => {
    const bars = props.chart?.bars ?? [];
    return meanVolume(bars, bars.length);
  });
  return (
    <div class="position-form">
      <For each={["equity", "risk", "entry", "stop"] as const}>
        {(name) => (
          <PositionField
            name={name}
            label={labelOf(name, typed.unit(), texts())}
            value={typed.fields()[name]}
            error={errorOf(name, typed, texts())}
            hint={name === "equity" ? texts().equityHint : null}
            choice={
              name === "risk" ? (
                <UnitChoice
                  unit={typed.unit()}
                  texts={texts()}
                  onChoose={(unit) => {
                    typed.choose(unit);
                  }}
                />
              ) : null
            }
            takes={takesOf(name, props.signal, props.price, texts())}
            onType={(text) => {
              typed.type(name, text);
            }}
            onLeave={() => {
              typed.tidy(name);
            }}
          />
        )}
      </For>
      <div class="position-result">
        <Show when={typed.position()} fallback={<p class="muted">{texts().waiting}</p>}>
          {(known) => (
            <PositionResult
              position={known().size}
              equity={known().input.equity}
              volume={volume()}
              texts={texts()}
            />
          )}
        </Show>
      </div>
      <p class="muted small-note">
        {texts().note} {typed.isKept() ? texts().keptNote : texts().notKept}
      </p>
    </div>
  );
}
