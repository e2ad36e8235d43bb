/** What the detector measured: the trend template, the score, and the session of both. */
import { createMemo, For, type JSX, Show } from "solid-js";
import type { SignalDetail } from "../../../../worker/protocol/rest/signal.ts";
import { measureText } from "../../../i18n/form-copy.ts";
import { useApp } from "../../app-context.tsx";
import { useFormCopy } from "../../labels/form-copy.ts";
import { measuredAge } from "../../labels/ages.ts";
import { type ScorePart, scoreParts } from "../../labels/score-parts.ts";

const AGES = { before_breakout: "measuredBeforeBreakout", earlier: "measuredEarlier" } as const;

/** The session of a card's figures: the price beside them may be of a later one. */
export function MeasuredOn(props: { detail: SignalDetail }): JSX.Element {
  const { text, format } = useApp();
  const copy = useFormCopy();
  const parts = (): readonly string[] => {
    const day = props.detail.measured_on;
    const age = measuredAge(props.detail);
    return [
      ...(day === null ? [] : [text().closesOf(format().day(day))]),
      ...(age === "current" ? [] : [copy()[AGES[age]]]),
    ];
  };
  return (
    <Show when={parts().length > 0}>
      <span class="measured-on muted small-note">
        {/* Each part stays whole: a date that breaks at its hyphens reads as two numbers. */}
        <For each={parts()}>
          {(part, i) => (
            <>
              {i() > 0 && " · "}
              <span class="number">{part}</span>
            </>
          )}
        </For>
      </span>
    </Show>
  );
}

type Term = SignalDetail["trend_template"][number];

const SIGNS: Readonly<Record<Term["result"], string>> = { pass: "✓", fail: "✕", unavailable: "–" };
const RESULTS = { pass: "resultPass", fail: "resultFail", unavailable: "resultUnavailable" } as const;

/**
 * The trend template, condition by condition: value, threshold, and whether it passes. `signal`: the one measured; a share
 * without a signal has the day of its verdict elsewhere on its page.
 */
export function TemplateChecklist(props: {
  terms: SignalDetail["trend_template"];
  signal?: SignalDetail;
}): JSX.Element {
  const { text, format } = useApp();
  const copy = useFormCopy();
  const passed = (): number => props.terms.filter((term) => term.result === "pass").length;
  return (
    <table class="detail-table checklist">
      <caption>
        {copy().detailTemplate}{" "}
        <span class="muted number">{copy().passed(passed(), props.terms.length)}</span>{" "}
        <Show when={props.signal}>{(detail) => <MeasuredOn detail={detail()} />}</Show>
      </caption>
      <thead>
        <tr>
          <th scope="col">{text().condition}</th>
          <th scope="col">{text().value}</th>
          <th scope="col">{text().threshold}</th>
        </tr>
      </thead>
      <tbody>
        <For each={props.terms}>
          {(term) => (
            <tr class={`term-${term.result}`}>
              <th scope="row">
                <span class="sign" aria-hidden="true">
                  {SIGNS[term.result]}
                </span>
                <span class="visually-hidden">{copy()[RESULTS[term.result]]}: </span>
                {copy()[term.id]}
              </th>
              <td class="number">{format().price(term.value)}</td>
              <td class="number muted">{format().price(term.threshold)}</td>
            </tr>
          )}
        </For>
      </tbody>
    </table>
  );
}

function Part(props: { part: ScorePart }): JSX.Element {
  const { locale, format } = useApp();
  const copy = useFormCopy();
  const points = (value: number | null, max: number): JSX.Element => (
    <>
      {format().points(value)}
      <Show when={max > 0}>
        <span class="muted">/{format().points(max)}</span>
      </Show>
    </>
  );
  return (
    <tbody>
      <tr class="score-part">
        <th scope="rowgroup">{copy()[`score_${props.part.name}`]}</th>
        <td class="number">{points(props.part.points, props.part.max)}</td>
      </tr>
      <For each={props.part.terms}>
        {(term) => (
          <tr>
            <th scope="row">{measureText(term.measure, locale())}</th>
            <td class="number">{points(term.points, term.max)}</td>
          </tr>
        )}
      </For>
    </tbody>
  );
}

/**
 * Where the score comes from: every term with its points and the most it can bring; of an earlier law the total alone.
 * `signal`: the one scored, as in {@link TemplateChecklist}.
 */
export function ScoreTable(props: {
  terms: SignalDetail["score_terms"];
  score: number | null;
  signal?: SignalDetail;
}): JSX.Element {
  const { text, format } = useApp();
  const copy = useFormCopy();
  const parts = createMemo(() => scoreParts(props.terms));
  const title = (): JSX.Element => (
    <>
      {copy().scoreTitle} <b class="number">{format().score(props.score)}</b>{" "}
      <Show when={props.signal}>{(detail) => <MeasuredOn detail={detail()} />}</Show>
    </>
  );
  return (
    <Show
      when={parts().length > 0}
      fallback={
        <div class="score-details">
          <p class="score-total">{title()}</p>
          <p class="muted small-note">{copy().scoreEarlier}</p>
        </div>
      }
    >
      <details class="score-details">
        <summary>{title()}</summary>
        <table class="detail-table">
          <caption class="visually-hidden">{copy().scoreTitle}</caption>
          <thead>
            <tr>
              <th scope="col">{copy().scoreTerm}</th>
              <th scope="col">{text().gatePoints}</th>
            </tr>
          </thead>
          <For each={parts()}>{(part) => <Part part={part} />}</For>
        </table>
      </details>
    </Show>
  );
}
