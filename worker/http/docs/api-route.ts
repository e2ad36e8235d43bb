/** What the API page and the OpenAPI document know of a route; the tables of routes beside this file are made of it. */
import type * as v from "valibot";
import type { ProblemName } from "../../protocol/rest/problem.ts";
import type { SCHEMAS } from "./api-schemas.ts";

type ObjectSchema = v.GenericSchema & { readonly entries: Readonly<Record<string, v.GenericSchema>> };

export type ApiBody =
  | { readonly type: "application/json"; readonly schema: keyof typeof SCHEMAS }
  | { readonly type: "text/csv"; readonly columns: string };

export interface ApiRoute {
  readonly method: "get" | "post" | "put";
  /** As OpenAPI writes it: `/api/kr/signals/{id}`. */
  readonly path: string;
  readonly summary: string;
  readonly query?: ObjectSchema;
  readonly body?: ApiBody;
  readonly answer: ApiAnswer;
  /** Beside those that its shape implies: of a query, a body, the owner, a limit, a neighbour. */
  readonly problems?: readonly ProblemName[];
  readonly owner?: true;
  readonly example: ApiExample;
}

/** `switch`: 101, the connection becomes a WebSocket. */
export type ApiAnswer =
  | { readonly schema: keyof typeof SCHEMAS }
  | { readonly type: "text/html" | "application/json" | "text/csv" }
  | { readonly switch: true };

/** A request that works as printed on a Worker with the demo in it. */
export interface ApiExample {
  /** With its query; `$ID` stands for the value that `first` prints. */
  readonly path: string;
  readonly body?: string;
  /** A field of the first entry of a list, for paths that need a name out of one: `["/api/kr/signals?limit=1", "id"]`. */
  readonly first?: readonly [list: string, field: string];
}
