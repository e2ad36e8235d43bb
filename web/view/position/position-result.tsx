/** What follows from the fields of the calculator: the shares, what they cost and risk, and how much of a day's trading they are. */
import { createMemo, type JSX, Match, Show, Switch } from "solid-js";
import type { PositionTexts } from "../../i18n/position-texts.ts";
import { useApp } from "../app-context.tsx";
import { type Fact, FactList } from "../part/signal/fact-list.tsx";
import { MUCH_OF_VOLUME, type Position, shareOfVolume } from "./position-size.ts";

interface Props {
  readonly position: Position;
  readonly equity: number;
  /** Shares a day over fifty sessions with trading; `null` while unknown. */
  readonly volume: number | null;
  readonly texts: PositionTexts;
}

function Warnings(props: Pick<Props, "position" | "texts"> & { part: number | null }): JSX.Element {
  const { format } = useApp();
  const none = (): string =>
    props.texts.none(format().price(props.position.oneR), format().price(props.position.budget));
  return (
    <>
      <Switch>
        <Match when={props.position.shares === 0}>
          <p class="notice warn">
            {props.position.boundBy === "equity" ? props.texts.noneAffordable : none()}
          </p>
        </Match>
        <Match when={props.position.boundBy === "equity"}>
          <p class="notice warn">{props.texts.boundByEquity}</p>
        </Match>
      </Switch>
      <Show when={(props.part ?? 0) > MUCH_OF_VOLUME}>
        <p class="notice warn">{props.texts.muchOfVolume(format().share(MUCH_OF_VOLUME))}</p>
      </Show>
    </>
  );
}

/** Two decimals; a part that is smaller is named so, because it is not none. */
function partText(part: number): string {
  return part > 0 && part < 0.000_05 ? "< 0.01%" : `${(100 * part).toFixed(2)}%`;
}

export function PositionResult(props: Props): JSX.Element {
  const { format } = useApp();
  const part = createMemo(() => shareOfVolume(props.position.shares, props.volume));
  const won = (value: number): string => format().price(value);
  const share = (value: number): string => format().percent(value);
  const facts = createMemo((): readonly Fact[] => {
    const position = props.position;
    const texts = props.texts;
    const ofVolume = part();
    return [
      [texts.cost, texts.costOf(won(position.cost), share(position.cost / props.equity))],
      [texts.atRisk, texts.atRiskOf(won(position.atRisk), won(position.budget))],
      [texts.oneR, texts.oneROf(won(position.oneR), share(position.riskOfEntry))],
      ...position.targets.map((target, i): Fact => [texts.target(i + 1), texts.won(won(target))]),
      [texts.ofVolume, ofVolume === null ? format().share(null) : partText(ofVolume)],
    ];
  });
  return (
    <>
      <p class="position-shares">
        {props.texts.shares}{" "}
        <output class="number">{props.texts.sharesOf(format().integer(props.position.shares))}</output>
      </p>
      <Warnings position={props.position} part={part()} texts={props.texts} />
      <FactList facts={facts()} />
      <Show when={props.volume === null}>
        <p class="muted small-note">{props.texts.noVolume}</p>
      </Show>
    </>
  );
}
