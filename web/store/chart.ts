/** The daily bars of one share, long enough for a base and for the 200-day mean before it. */
import { ChartBody } from "../../worker/protocol/rest/chart.ts";
import { fetchJson } from "./fetch-json.ts";
import { keptAnswers } from "./kept-answers.ts";
import { createRemote, type Remote } from "./remote.ts";

/** Two years of adjusted bars, by ticker. */
export const charts = keptAnswers(async (ticker, abort) =>
  fetchJson(`/api/kr/stocks/${encodeURIComponent(ticker)}/chart?period=2y`, ChartBody, abort),
);

/** Loads at once, unless an answer is kept. */
export function createChart(ticker: string, kept: ChartBody | null = null): Remote<ChartBody> {
  return createRemote(async (abort) => charts.load(ticker, abort), kept);
}
