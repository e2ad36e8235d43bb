/** The daily bars of one share, long enough for a base and for the 200-day mean before it. */
import { ChartBody } from "../../worker/protocol/rest/chart.ts";
import { fetchJson } from "./fetch-json.ts";
import { createRemote, type Remote } from "./remote.ts";

/** Two years of adjusted bars; loads at once. */
export function createChart(ticker: string): Remote<ChartBody> {
  return createRemote(async (abort) =>
    fetchJson(`/api/kr/stocks/${encodeURIComponent(ticker)}/chart?period=2y`, ChartBody, abort),
  );
}
