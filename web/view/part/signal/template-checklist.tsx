/** The trend template, condition by condition: value, threshold, and whether it passes. */
import { For, type JSX, Show } from "solid-js";
import type { SignalDetail } from "../../../../worker/protocol/rest/signal-detail.ts";
import { useApp } from "../../app-context.tsx";
import { MeasuredOn } from "./measured-on.tsx";

type Term = SignalDetail["trend_template"][number];

const SIGNS: Readonly<Record<Term["result"], string>> = { pass: "✓", fail: "✕", unavailable: "–" };
const LABELS = { pass: "resultPass", fail: "resultFail", unavailable: "resultUnavailable" } as const;

/** `signal`: whose conditions these are; a share without one has the day of its verdict elsewhere on its page. */
export function TemplateChecklist(props: {
  terms: SignalDetail["trend_template"];
  signal?: SignalDetail;
}): JSX.Element {
  const { text, format } = useApp();
  const passed = (): number => props.terms.filter((term) => term.result === "pass").length;
  return (
    <table class="detail-table checklist">
      <caption>
        {text().detailTemplate} <span class="muted">{text().passed(passed(), props.terms.length)}</span>{" "}
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
                <span class="visually-hidden">{text()[LABELS[term.result]]}: </span>
                {text()[term.id]}
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
