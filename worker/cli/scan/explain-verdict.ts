/** `npm run scan -- --explain TICKER`: the whole verdict on one ticker, each rule with what was measured against which threshold. */
import { formatTradingDay } from "../../core/calendar/trading-day.ts";
import type { Base, Contraction, ScoreTerms, Verdict } from "../../core/vcp/verdict.ts";
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

const LEGS: readonly TextColumn[] = [
  { title: "high on", align: "left" },
  { title: "high", align: "right" },
  { title: "low on", align: "left" },
  { title: "low", align: "right" },
  { title: "depth", align: "right" },
  { title: "bars", align: "right" },
];

const TERMS: readonly TextColumn[] = [
  { title: "term", align: "left" },
  { title: "points", align: "right" },
];

function measured(x: number | string | null): string {
  return typeof x === "number" ? String(Math.round(1e4 * x) / 1e4) : (x ?? MISSING);
}

function percent(x: number): string {
  return `${(100 * x).toFixed(1)} %`;
}

/** The first rule that stood in the way, if one did. */
function answerOf({ detected, eligibility, nearMiss, score, grade }: Verdict): string {
  if (detected) {
    return `Listed: grade ${grade ?? MISSING}, score ${score?.toFixed(1) ?? MISSING}`;
  }
  const rule = eligibility.ok ? (nearMiss?.rule ?? null) : eligibility.reason;
  return rule === null ? "Not listed" : `Not listed: ${explainCode(rule)}`;
}

/** Eligibility, the eight rules of the template, and the rule of the base that stood in the way. */
function rulesOf({ eligibility, template, nearMiss }: Verdict): readonly (readonly string[])[] {
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
    ...(nearMiss === null || nearMiss.rule === reason
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

function legOf({ highDay, high, lowDay, low, depth, bars }: Contraction): readonly string[] {
  return [
    formatTradingDay(highDay),
    String(high),
    formatTradingDay(lowDay),
    String(low),
    percent(depth),
    String(bars),
  ];
}

function describeBase(base: Base): readonly string[] {
  const { pivot, entry, stop, risk, targets, distance, dryUp, contractionRatio } = base;
  return [
    `Base ${base.footprint}, ${base.bars} bars, ${base.state}`,
    `pivot ${pivot} (${percent(distance)}), entry ${entry}, stop ${stop} (${percent(risk)}), targets ${targets.twoR} and ${targets.threeR}`,
    `volume dry-up ${measured(dryUp)}, contraction ratio ${measured(contractionRatio)}`,
    "",
    drawTable(LEGS, base.contractions.map(legOf)),
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
export function explainVerdict(verdict: Verdict): string {
  const { ticker, name, market, asOf, bars, close, rs, base, scoreTerms, flags } = verdict;
  const title = [ticker, name, market].filter((part) => part !== null).join(" ");
  return [
    `${title}, as of ${formatTradingDay(asOf)}: ${bars} bars, close ${close ?? MISSING}, relative strength ${rs ?? MISSING}`,
    answerOf(verdict),
    "",
    drawTable(RULES, rulesOf(verdict)),
    ...(base === null ? [] : ["", ...describeBase(base)]),
    ...(scoreTerms === null ? [] : ["", describeScore(scoreTerms)]),
    ...(flags.length > 0 ? ["", `flags: ${flags.join(", ")}`] : []),
  ].join("\n");
}
