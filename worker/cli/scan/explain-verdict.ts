/** `npm run scan -- --explain TICKER`: the whole verdict on one ticker, each rule with what was measured against which threshold. */
import { formatTradingDay } from "../../core/calendar/trading-day.ts";
import type { FormExplanation } from "../../core/scan/explain.ts";
import type { Base, ScoreTerms, Verdict } from "../../core/vcp/verdict.ts";
import { describeForm, drawLegs, percent } from "./explain-form.ts";
import { explainCode, textOf } from "../terminal/code-texts.ts";
import { drawTable, type TextColumn } from "../terminal/text-table.ts";

/** A missing value is a dash, never 0. */
const MISSING = "-";

const RULES: readonly TextColumn[] = [
  { title: "rule", align: "left" },
  { title: "value", align: "right" },
  { title: "threshold", align: "right" },
  { title: "result", align: "left" },
  { title: "what is asked", align: "left" },
];

const TERMS: readonly TextColumn[] = [
  { title: "term", align: "left" },
  { title: "points", align: "right" },
];

function measured(x: number | string | null): string {
  return typeof x === "number" ? String(Math.round(1e4 * x) / 1e4) : (x ?? MISSING);
}

/** The first rule that stood in the way, if one did. */
function answerOf({ detected, eligibility, nearMiss, score, grade }: Verdict): string {
  if (detected) {
    return `Listed: grade ${grade ?? MISSING}, score ${score?.toFixed(1) ?? MISSING}`;
  }
  const rule = eligibility.ok ? (nearMiss?.rule ?? null) : eligibility.reason;
  return rule === null ? "Not listed" : `Not listed: ${explainCode(rule)}`;
}

/** Eligibility, the eight rules of the template, and what stood in the way where it is no rule of the form. */
function rulesOf(
  { eligibility, template, nearMiss }: Verdict,
  { rules }: FormExplanation,
): readonly (readonly string[])[] {
  const { ok, reason, value, threshold } = eligibility;
  return [
    [
      reason ?? "EL",
      measured(value),
      measured(threshold),
      ok ? "pass" : "fail",
      reason === null ? "may be listed" : textOf(reason),
    ],
    ...template.map((term) => [
      term.id,
      measured(term.value),
      measured(term.threshold),
      term.result,
      textOf(term.id),
    ]),
    ...(nearMiss === null || nearMiss.rule === reason || rules.some(({ rule }) => rule.id === nearMiss.rule)
      ? []
      : [
          [
            nearMiss.rule,
            measured(nearMiss.value),
            measured(nearMiss.threshold),
            "fail",
            textOf(nearMiss.rule),
          ],
        ]),
  ];
}

function describeBase(base: Base, detected: boolean): readonly string[] {
  const { pivot, entry, stop, risk, targets, distance, dryUp, contractionRatio } = base;
  return [
    `Base ${base.footprint}, ${base.bars} bars, ${detected ? base.state : "not listed"}`,
    `pivot ${pivot} (${percent(distance)}), entry ${entry}, stop ${stop} (${percent(risk)}), targets ${targets.twoR} and ${targets.threeR}`,
    `volume dry-up ${measured(dryUp)}, contraction ratio ${measured(contractionRatio)}`,
    "",
    drawLegs(base),
  ];
}

function describeScore(terms: ScoreTerms): string {
  return drawTable(
    TERMS,
    Object.entries(terms).map(([term, points]: [string, number | null]) => [
      term,
      points?.toFixed(1) ?? MISSING,
    ]),
  );
}

/** Without a line break at the end. */
export function explainVerdict(verdict: Verdict, form: FormExplanation): string {
  const { ticker, name, market, asOf, bars, close, rs, base, detected, scoreTerms, flags } = verdict;
  const title = [ticker, name, market].filter((part) => part !== null).join(" ");
  return [
    `${title}, as of ${formatTradingDay(asOf)}: ${bars} bars, close ${close ?? MISSING}, relative strength ${rs ?? MISSING}`,
    answerOf(verdict),
    "",
    drawTable(RULES, rulesOf(verdict, form)),
    "",
    ...describeForm(form, verdict),
    ...(base === null ? [] : ["", ...describeBase(base, detected)]),
    ...(scoreTerms === null ? [] : ["", describeScore(scoreTerms)]),
    ...(flags.length > 0 ? ["", `flags: ${flags.join(", ")}`] : []),
  ].join("\n");
}
