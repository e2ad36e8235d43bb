/** The rules of the form on one share: met or not, with value and limit, and of which base they were asked. */
import { createMemo, For, type JSX, Show } from "solid-js";
import type { ExplainedVerdictBody } from "../../../../worker/protocol/verdict.ts";
import { useApp } from "../../app-context.tsx";
import { useFormCopy } from "../../labels/form-copy.ts";
import {
  countMet,
  type FormResult,
  type FormRow,
  formRows,
  groupRules,
  type RuleGroup,
} from "../../labels/form-rows.ts";

const SIGNS: Readonly<Record<FormResult, string>> = { pass: "✓", fail: "✕", unavailable: "–" };
const RESULTS = { pass: "formMet", fail: "formUnmet", unavailable: "formUnasked" } as const;

function Row(props: { row: FormRow }): JSX.Element {
  const copy = useFormCopy();
  return (
    <tr class={`term-${props.row.result}`} data-rule={props.row.id}>
      <th scope="row">
        <span class="sign" aria-hidden="true">
          {SIGNS[props.row.result]}
        </span>
        <span class="visually-hidden">{copy()[RESULTS[props.row.result]]}: </span>
        {props.row.name} <code>{props.row.id}</code>
        <Show when={props.row.lack}>{(lack) => <span class="lack">{lack()}</span>}</Show>
      </th>
      <td class="number">{props.row.value}</td>
      <td class="number muted">{props.row.threshold}</td>
    </tr>
  );
}

function Group(props: { group: RuleGroup<FormRow> }): JSX.Element {
  const { text } = useApp();
  const copy = useFormCopy();
  return (
    <table class="detail-table checklist form-checklist">
      <caption>{props.group.title}</caption>
      <thead>
        <tr>
          <th scope="col">
            <span class="visually-hidden">{copy().formRule}</span>
          </th>
          <th scope="col">
            <span class="visually-hidden">{text().value}</span>
          </th>
          <th scope="col">
            <span class="visually-hidden">{text().threshold}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        <For each={props.group.rows}>{(row) => <Row row={row} />}</For>
      </tbody>
    </table>
  );
}

export function FormChecklist(props: {
  verdict: ExplainedVerdictBody;
  footprint: string | null;
}): JSX.Element {
  const { locale, text, format } = useApp();
  const copy = useFormCopy();
  const groups = createMemo(() => {
    const texts = { text: text(), copy: copy(), format: format(), locale: locale() };
    return groupRules(formRows(props.verdict, texts), copy());
  });
  const count = createMemo(() => {
    const { met, measured, unmeasured } = countMet(props.verdict);
    return copy().formCount(met, measured, unmeasured);
  });
  const of = (): string => {
    const kind = props.verdict.rules_of;
    return kind === null ? copy().formOfNone : copy().formOf[kind];
  };
  return (
    <section class="card form-card" aria-labelledby="form-title">
      <div class="panel-head">
        <h2 id="form-title">{copy().formTitle}</h2>
        <span class="number">{count()}</span>
      </div>
      <p class="muted small-note">
        {of()} <span class="number">{props.footprint}</span>
      </p>
      <div class="form-groups">
        <For each={groups()}>{(group) => <Group group={group} />}</For>
      </div>
      <p class="muted small-note">{copy().formNote}</p>
    </section>
  );
}
