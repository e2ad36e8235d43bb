/** Where the score comes from: every term with its points and the most it can bring. */
import { For, type JSX, Show } from "solid-js";
import type { SignalDetail } from "../../../../worker/protocol/rest/signal-detail.ts";
import { useApp } from "../../app-context.tsx";
import { type ScorePart, scoreParts } from "../../labels/score-parts.ts";
import { MeasuredOn } from "./measured-on.tsx";

function Part(props: { part: ScorePart }): JSX.Element {
  const { text, format } = useApp();
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
        <th scope="rowgroup">{text()[`score_${props.part.name}`]}</th>
        <td class="number">{points(props.part.points, props.part.max)}</td>
      </tr>
      <For each={props.part.terms}>
        {(term) => (
          <tr>
            <th scope="row">{text()[`term_${term.name}`]}</th>
            <td class="number">{points(term.points, term.max)}</td>
          </tr>
        )}
      </For>
    </tbody>
  );
}

export function ScoreTable(props: { detail: SignalDetail }): JSX.Element {
  const { text, format } = useApp();
  return (
    <details class="score-details">
      <summary>
        {text().scoreTitle} <b class="number">{format().score(props.detail.score)}</b>{" "}
        <MeasuredOn detail={props.detail} />
      </summary>
      <table class="detail-table">
        <caption class="visually-hidden">{text().scoreTitle}</caption>
        <thead>
          <tr>
            <th scope="col">{text().scoreTerm}</th>
            <th scope="col">{text().gatePoints}</th>
          </tr>
        </thead>
        <For each={scoreParts(props.detail.score_terms)}>{(part) => <Part part={part} />}</For>
      </table>
    </details>
  );
}
