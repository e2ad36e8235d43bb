/** The study as a person reads it: its statements first, then their limits, then the figures. */
import type { StudyCohort, StudyFigure, StudyGroup, StudyReport } from "../protocol/rest/study-report.ts";
import { claimsOf, COHORT_NAMES, headlineOf, percent, standingText } from "./claims.ts";
import { trialsOf } from "./versions.ts";

const HORIZONS = ["5", "10", "20", "60"] as const;

function lineOf(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const rule = head.map((_, i) => (i === 0 ? "---" : "---:"));
  return [head, rule, ...rows].map(lineOf).join("\n");
}

function interval({ low, high }: Pick<StudyFigure, "low" | "high">): string {
  return low === null || high === null ? "–" : `${percent(low)} to ${percent(high)}`;
}

function share(x: number | null): string {
  return x === null ? "–" : `${(100 * x).toFixed(0)} %`;
}

function risks(x: number | null): string {
  return x === null ? "–" : `${x.toFixed(2)} R`;
}

function cohortRows({ cohort, groups }: StudyCohort): readonly (readonly string[])[] {
  const all = groups.find(({ by }) => by === "all");
  return HORIZONS.flatMap((horizon) => {
    const x = all?.horizons[horizon];
    return x === undefined
      ? []
      : [
          [
            `${COHORT_NAMES[cohort]}, ${horizon}`,
            String(x.change.n),
            percent(x.change.mean),
            percent(x.change.median),
            share(x.change.win),
            percent(x.excess_universe.mean),
            interval(x.excess_universe),
            percent(x.excess_universe.without_best),
            percent(x.excess_index.mean),
            interval(x.excess_index),
            percent(x.best.mean),
            percent(x.worst.mean),
            risks(x.r.mean),
            risks(x.r.median),
          ],
        ];
  });
}

const RETURN_HEAD = [
  "cohort, sessions",
  "n",
  "mean",
  "median",
  "win",
  "excess universe",
  "95 %",
  "less 5 best",
  "excess index",
  "95 %",
  "MFE",
  "MAE",
  "mean R",
  "median R",
];

function touchRow({ cohort, groups }: StudyCohort): readonly (readonly string[])[] {
  const touch = groups.find(({ by }) => by === "all")?.touch;
  return touch === undefined
    ? []
    : [
        [
          COHORT_NAMES[cohort],
          String(touch.decided),
          String(touch.open),
          share(touch.stop),
          share(touch.target),
          share(touch.none),
          risks(touch.r.mean),
          `${risks(touch.r.low)} to ${risks(touch.r.high)}`,
        ],
      ];
}

function groupRow({ by, key, entries, horizons, touch }: StudyGroup): readonly string[] {
  const excess = HORIZONS.map((horizon) => {
    const figure = horizons[horizon]?.excess_universe;
    return figure ? `${percent(figure.mean)} (${figure.n})` : "–";
  });
  const twenty = horizons["20"]?.excess_universe;
  const name = by === "all" ? "all" : `${by} ${key}`;
  return [
    name,
    String(entries),
    ...excess,
    twenty ? interval(twenty) : "–",
    share(touch.target),
    risks(touch.r.mean),
  ];
}

function groupTable({ cohort, groups }: StudyCohort): string {
  const head = [
    "group",
    "entries",
    ...HORIZONS.map((each) => `${each} (n)`),
    "95 % of 20",
    "target first",
    "exit",
  ];
  return `### ${COHORT_NAMES[cohort]}\n\n${table(head, groups.map(groupRow))}`;
}

function refusedRow({ cohort, occasions, entries, refused }: StudyCohort): readonly string[] {
  const reasons = Object.entries(refused).map(([reason, count]) => `${reason} ${count}`);
  return [COHORT_NAMES[cohort], String(occasions), String(entries), reasons.join(", ") || "none"];
}

/** EV1k: every version that was the law before is a trial of it. */
function trialsText(version: string, trials: number): string {
  const before = trialsOf(version).slice(0, -1);
  const names = before.length === 0 ? "" : ` (${before.join(", ")} before it)`;
  return `${trials} ${trials === 1 ? "trial" : "trials"}${names}: no other set was run by this study`;
}

function sampleText({ sample, seed, resamples, trials, params_version }: StudyReport): string {
  const eligible = sample.mean_eligible === null ? "no" : sample.mean_eligible.toFixed(0);
  return `${sample.tickers} tickers, ${sample.sessions} sessions from ${sample.first_session ?? "–"} to ${sample.last_session ?? "–"}; ${sample.judged_sessions} of them judged, from ${sample.judged_from ?? "–"} on (the first on which half of the names have the 253 bars of a rating), ${eligible} names eligible a day. Parameters ${params_version}, ${trialsText(params_version, trials)}. Seed ${seed}, ${resamples} resamples.`;
}

const METHOD = `- **Signal:** a name the product would have listed that evening, judged on bars up to it; the entry belongs to the first listing of an id. A relisting is no second entry.
- **signals, next open:** bought at the open of the session after the listing, whatever it is; the stop as far below as the plan's.
- **signals, at the trigger:** a resting order at the plan's trigger from the session after the listing until the signal ends; filled at the trigger or at the open above it, not above 1.03 pivot. A signal first listed above its pivot has no such order.
- **template only:** 8 of 8 conditions without a valid base, on the first session of each stay. **random eligible:** 20 draws a session. Both at the next open with a stop 8 % below.
- After n sessions is the close of the n-th, the session of the entry counted. **excess universe:** less the mean of all names eligible that evening over the same sessions, from the same open. **excess index:** less the index of the name's market. R is price paid less stop. The target lies at 2 R; both in one session count as the stop.
- **95 %:** interval of the mean, months drawn with replacement. Fewer than 30 cases give no number, fewer than six months no interval. **less 5 best:** the mean without the five best cases.
- **Stop or target first:** entries that have touched neither yet and are younger than 60 sessions are left out (open), so quick ends weigh a little more than they should.`;

function differenceTable({ differences }: StudyReport): string {
  return table(
    ["excess of", "less that of", "sessions", "n", "difference", "95 %", "standing"],
    differences.map((x) => [
      COHORT_NAMES[x.cohort],
      COHORT_NAMES[x.baseline],
      x.horizon,
      `${x.n} / ${x.baseline_n}`,
      percent(x.mean),
      interval(x),
      standingText(x),
    ]),
  );
}

/** `charts`: file names of the pictures beside the text. */
export function reportMarkdown(report: StudyReport, charts: readonly string[]): string {
  const signals = report.cohorts.filter(({ cohort }) => cohort.startsWith("signal_"));
  const touches = ["cohort", "decided", "open", "stop", "target", "neither", "mean exit", "95 %"];
  return `${[
    `# Walk-forward study of ${report.params_version}`,
    `**${headlineOf(report)}**`,
    sampleText(report),
    "## What it says",
    claimsOf(report)
      .map((claim) => `- ${claim}`)
      .join("\n"),
    "## What it cannot say",
    report.limits.map((limit) => `- ${limit}`).join("\n"),
    "## How it was measured",
    METHOD,
    "## After 5, 10, 20 and 60 sessions",
    table(RETURN_HEAD, report.cohorts.flatMap(cohortRows)),
    charts.map((file) => `![${file.replace(".svg", "").replaceAll("-", " ")}](${file})`).join("\n\n"),
    "## Against the baselines",
    differenceTable(report),
    "## Stop or target first",
    table(touches, report.cohorts.flatMap(touchRow)),
    "## By grade, contractions, year and gate: mean excess over the universe",
    ...signals.map(groupTable),
    "## Named and not bought",
    table(["cohort", "named", "bought", "not bought"], report.cohorts.map(refusedRow)),
    "## Parameters",
    `\`\`\`json\n${JSON.stringify(report.params, null, 2)}\n\`\`\``,
  ].join("\n\n")}\n`;
}
