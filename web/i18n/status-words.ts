/** What the texts of the status are keyed by, so that a new step or refusal of the protocol is a compile error here. */
import type { StepReport } from "../../worker/protocol/rest/day-step.ts";
import type { MarketStatusBody } from "../../worker/protocol/rest/market-status.ts";

export type StepKind = StepReport["kind"];
export type StepStatus = StepReport["status"];
export type SourceId = MarketStatusBody["sources"][number]["id"];
export type Denial = MarketStatusBody["sources"][number]["denials"][number]["why"];
export type FeedState = NonNullable<MarketStatusBody["feed"]>["state"];
