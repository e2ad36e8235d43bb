/** The rules that decide what is listed, from the detector's own table: what is measured, which limit, and where it comes from. */
import { createMemo, For, type JSX } from "solid-js";
import { FORM_RULES, type FormRule } from "../../../../worker/core/vcp/form-rules.ts";
import type { NullRates } from "../../../../worker/protocol/rest/null-rates.ts";
import { useApp } from "../../app-context.tsx";
import { useRuleCopy } from "../../labels/rule-copy.ts";
import { useFormCopy } from "../../labels/form-copy.ts";
import { groupRules, type RuleGroup, ruleName } from "../../labels/form-rows.ts";
import { measured } from "../../labels/measured.ts";
import { shapeVerdict } from "../../labels/null-verdict.ts";
import { usePerformanceCopy } from "../../labels/performance-copy.ts";

const RULES: readonly FormRule[] = FORM_RULES;

function Rule(props: { rule: FormRule }): JSX.Element {
  const { locale, text, format } = useApp();
  const rules = useRuleCopy();
  const copy = usePerformanceCopy();
  const limitOf = (limit: number): string =>
    measured({ rule: props.rule.id, value: limit, threshold: limit }, text(), format()).threshold;
  return (
    <tr data-rule={props.rule.id}>
      <th scope="row">
        {ruleName(props.rule.id, { locale: locale() })} <code>{props.rule.id}</code>
        <span class="range">{rules().ruleText(props.rule.id)}</span>
        <span class="range muted" lang="en">
          {props.rule.source}
        </span>
      </th>
      <td class="number">
        {limitOf(props.rule.limit)}
        <span class="range muted">{copy().formKeep(limitOf(props.rule.keep))}</span>
      </td>
    </tr>
  );
}

function Group(props: { group: RuleGroup<FormRule> }): JSX.Element {
  return (
    <tbody>
      <tr class="by">
        <th scope="rowgroup" colSpan={2}>
          {props.group.title}
        </th>
      </tr>
      <For each={props.group.rows}>{(rule) => <Rule rule={rule} />}</For>
    </tbody>
  );
}

/** `rates`: what chance does, from which the sentence on the shape follows. */
export function FormRulesTable(props: { rates: NullRates }): JSX.Element {
  const form = useFormCopy();
  const copy = usePerformanceCopy();
  const groups = createMemo(() => groupRules(RULES, form()));
  return (
    <>
      <p class="plain">{copy().formLead}</p>
      <p class="plain form-worth">
        {copy().formAgainst} {shapeVerdict(props.rates, copy())} {copy().formWorth}
      </p>
      <details class="form-details">
        <summary>{copy().formShow(RULES.length)}</summary>
        <p class="muted small-note form-sources">{copy().formSources}</p>
        <table class="outcomes form-rules">
          <caption class="visually-hidden">{copy().formTitle}</caption>
          <thead>
            <tr>
              <th scope="col">{copy().formMeasured}</th>
              <th scope="col" class="number">
                {copy().formLimit}
              </th>
            </tr>
          </thead>
          <For each={groups()}>{(group) => <Group group={group} />}</For>
        </table>
      </details>
    </>
  );
}
