/** What a signal's base is like beside its levels, and what a reader must know of it. */
import { For, type JSX, Show } from "solid-js";
import type { SignalDetail } from "../../../../worker/protocol/rest/signal.ts";
import { useApp } from "../../app-context.tsx";
import { useFormCopy } from "../../labels/form-copy.ts";
import { type Fact, FactList } from "./fact-list.tsx";
import { MeasuredOn } from "./scoring.tsx";

/** Each flag as a sentence: a mark alone would have to be looked up. */
export function FlagList(props: { flags: SignalDetail["flags"] }): JSX.Element {
  const copy = useFormCopy();
  return (
    <Show when={props.flags.length > 0}>
      <h3>{copy().flagsTitle}</h3>
      <ul class="flag-list">
        <For each={props.flags}>{(flag) => <li data-flag={flag}>{copy().flags[flag]}</li>}</For>
      </ul>
    </Show>
  );
}

export function BaseFacts(props: { detail: SignalDetail }): JSX.Element {
  const { text, format } = useApp();
  const copy = useFormCopy();
  const lines = (): readonly Fact[] => {
    const { contractions, touched_on } = props.detail;
    const last = contractions.at(-1);
    return [
      [copy().baseStart, format().day(contractions[0]?.high_date ?? null)],
      [copy().baseLength, text().unitOf.bars(format().integer(props.detail.base_bars))],
      [copy().baseLast, format().change(last === undefined ? null : -last.depth)],
      [copy().baseRatio, format().ratio(props.detail.contraction_ratio)],
      [copy().baseOverhead, format().percent(props.detail.overhead_pct / 100)],
      ...(touched_on === null ? [] : [[copy().baseTouched, format().day(touched_on)] as const]),
    ];
  };
  return (
    <section class="card base-facts" aria-labelledby="base-title">
      <h2 id="base-title">{copy().baseTitle}</h2>
      <MeasuredOn detail={props.detail} />
      <FactList facts={lines()} />
      <FlagList flags={props.detail.flags} />
    </section>
  );
}
