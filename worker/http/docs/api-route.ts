/** What the API page and the OpenAPI document know of a route. */
import type * as v from "valibot";
import type { ProblemName } from "../../protocol/rest/problem.ts";
import type { SCHEMAS } from "./api-schemas.ts";

export type ObjectSchema = v.GenericSchema & { readonly entries: Readonly<Record<string, v.GenericSchema>> };

export type ApiBody =
  | { readonly type: "application/json"; readonly schema: keyof typeof SCHEMAS }
  | { readonly type: "text/csv"; readonly columns: string };

/** `switch`: 101, the connection becomes a WebSocket. */
export type ApiAnswer =
  | { readonly schema: keyof typeof SCHEMAS }
  | { readonly type: "text/html" | "application/json" | "text/csv" }
  | { readonly switch: true };

/** What a route states of itself where it stands. */
export interface ApiFacts {
  readonly summary: string;
  readonly body?: ApiBody;
  readonly answer: ApiAnswer;
  /** Beside those that its shape implies: of a query, a body, the owner, a limit, a neighbour. */
  readonly problems?: readonly ProblemName[];
  /** Closed to everyone without the owner's token. */
  readonly owner?: true;
  readonly example?: ApiExample;
}

/** A request that works as printed on a Worker with the demo in it. */
export interface ApiExample {
  /** With its question mark. */
  readonly query?: string;
  /** In place of the path's parameter; `$ID` stands for the value that `first` prints. */
  readonly part?: string;
  readonly body?: string;
  /** A field of the first entry of a list, for paths that need a name out of one: `["/api/kr/signals?limit=1", "id"]`. */
  readonly first?: readonly [list: string, field: string];
}

export interface ApiRoute extends ApiFacts {
  readonly method: "get" | "post" | "put";
  /** As OpenAPI writes it: `/api/kr/signals/{id}`. */
  readonly path: string;
  readonly query?: ObjectSchema;
  /** `path` with its query. */
  readonly example: Pick<ApiExample, "body" | "first"> & { readonly path: string };
}
