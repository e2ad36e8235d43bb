/** The rules of the form on one share: met or not, with value and limit, and of which base they were asked. */
import { createMemo, For, type JSX, Show } from "solid-js";
import type { ExplainedVerdictBody } from "../../../../worker/protocol/verdict.ts";
import { useApp } from "../../app-context.tsx";
import { useFormCopy } from "../../labels/form-copy.ts";
import { countMet, type FormResult, type FormRow, formGroups } from "../../labels/form-rows.ts";

const SIGNS: Readonly<Record<FormResult, string>> = { pass: "✓", fail: "✕", unavailable: "–" };
const RESULTS = { pass: "formMet", fail: "formUnmet", unavailable: "formUnasked" } as const;

function Row(props: { row: FormRow }): JSX.Element {
  const copy = useFormCopy();
  return (
    <tr class={`term-${props.row.result}`} data-rule={props.row.id}>
      <th scope="row">
        <span class="form-rule">
          <span class="sign" aria-hidden="true">
            {SIGNS[props.row.result]}
          </span>
          <span>
            <span class="visually-hidden">{copy()[RESULTS[props.row.result]]}: </span>
            {props.row.name} <code>{props.row.id}</code>
            <Show when={props.row.lack}>{(lack) => <span class="lack">{lack()}</span>}</Show>
          </span>
        </span>
      </th>
      <td class="number">{props.row.value}</td>
      <td class="number muted">{props.row.threshold}</td>
    </tr>
  );
}

function Group(props: { title: string; rows: readonly FormRow[] }): JSX.Element {
  return (
    <tbody>
      <tr class="form-group">
        <th scope="rowgroup" colSpan={3}>
          {props.title}
        </th>
      </tr>
      <For each={props.rows}>{(row) => <Row row={row} />}</For>
    </tbody>
  );
}

export function FormChecklist(props: {
  verdict: ExplainedVerdictBody;
  footprint: string | null;
}): JSX.Element {
  const { locale, text, format } = useApp();
  const copy = useFormCopy();
  const groups = createMemo(() => formGroups(props.verdict, text(), format(), locale()));
  const count = createMemo(() => countMet(props.verdict));
  const of = (): string => {
    const kind = props.verdict.rules_of;
    return kind === null ? copy().formOfNone : copy().formOf[kind];
  };
  return (
    <>
      <table class="detail-table checklist form-checklist">
        <caption>
          {copy().formTitle} <span class="muted">{text().passed(count().met, count().all)}</span>
          <span class="form-of muted small-note">
            {of()} <span class="number">{props.footprint}</span>
          </span>
        </caption>
        <thead>
          <tr>
            <th scope="col">{copy().formRule}</th>
            <th scope="col">{text().value}</th>
            <th scope="col">{text().threshold}</th>
          </tr>
        </thead>
        <Group title={copy().formShare} rows={groups().share} />
        <Group title={copy().formBase} rows={groups().base} />
      </table>
      <p class="muted small-note">{copy().formNote}</p>
    </>
  );
}
