/** Routes that carry their own documentation: what one checks is what `/docs` and `/openapi.json` have of it (decision 024). */
import { type Context, Hono, type MiddlewareHandler } from "hono";
import * as v from "valibot";
import type { Exchange } from "../../core/instrument/instrument.ts";
import type { ProblemName } from "../../protocol/rest/problem.ts";
import { ownerOnly } from "./owner.ts";
import { ExchangeName } from "../../protocol/vocabulary.ts";
import type { SCHEMAS } from "./api-schemas.ts";
import type { HttpEnv, HttpPorts } from "./ports.ts";
import { Refusal } from "./problem-response.ts";
import { makeReaderGuard, type ReaderGuard } from "./readers.ts";

type ObjectSchema = v.GenericSchema & { readonly entries: Readonly<Record<string, v.GenericSchema>> };

/** What a route takes; CSV is described by its columns. */
export type ApiBody =
  | {
      readonly type: "application/json";
      readonly schema: keyof typeof SCHEMAS;
      /** Bytes, where it is not that of other bodies. */
      readonly limit?: number;
    }
  | { readonly type: "text/csv"; readonly columns: string };

/** `switch`: 101, the connection becomes a WebSocket. */
export type ApiAnswer =
  | { readonly schema: keyof typeof SCHEMAS; readonly status?: 201 }
  | { readonly type: "text/html" | "application/json" | "text/csv" | "application/atom+xml" }
  | { readonly switch: true };

/** What a route states of itself where it stands. */
interface ApiFacts {
  readonly summary: string;
  readonly body?: ApiBody;
  readonly answer: ApiAnswer;
  /** Beside those that its shape implies: of a query, a body, the owner, a limit, a neighbour. */
  readonly problems?: readonly ProblemName[];
  /** Closed to everyone without the owner's token. */
  readonly owner?: true;
  /** Of an owner's route: the session of whoever has logged in opens it as well (decision 057). */
  readonly session?: true;
  /** Opened by the token of a push subscription, which the route itself asks for. */
  readonly token?: true;
  /** Has nothing of a market and is answered to everyone, also to whoever has not logged in. */
  readonly open?: true;
  readonly example?: ApiExample;
}

/** A request that works as printed on a Worker with the demo in it. */
interface ApiExample {
  /** With its question mark. */
  readonly query?: string;
  /** In place of the path's parameter; `$ID` stands for the value that `first` prints. */
  readonly part?: string;
  readonly body?: string;
  /** A field of the first entry of a list, for paths that need a name out of one: `["/api/kr/signals?limit=1", "id"]`. */
  readonly first?: readonly [list: string, field: string];
  /** For paths of a push subscription: the body that one is made with before; `$ID` and `$TOKEN` are those of its answer. */
  readonly subscription?: string;
}

/** One registered route, as the document reads it back. */
export interface ApiRoute extends ApiFacts {
  readonly method: "get" | "post" | "put" | "delete";
  /** As OpenAPI writes it: `/api/kr/signals/{id}`. */
  readonly path: string;
  readonly query?: ObjectSchema;
  /** `path` with its query. */
  readonly example: Pick<ApiExample, "body" | "first" | "subscription"> & { readonly path: string };
}

/** Of a query that was checked: the exchange that the route reads. A route that does not ask for one reads the active one. */
const AboutExchange = v.object({ exchange: ExchangeName });

type Answer = Response | Promise<Response>;

interface Asking<P extends string, Q extends ObjectSchema> extends ApiFacts {
  /** Checked before `handle`, which gets the values. */
  readonly query: Q;
  handle(c: Context<HttpEnv, P>, query: v.InferOutput<Q>): Answer;
}

interface Plain<P extends string> extends ApiFacts {
  /** For the document only: another object checks it. */
  readonly forwarded?: ObjectSchema;
  handle(c: Context<HttpEnv, P>): Answer;
}

interface Register {
  <P extends string, Q extends ObjectSchema>(path: P, route: Asking<P, Q>): void;
  <P extends string>(path: P, route: Plain<P>): void;
}

type Method = ApiRoute["method"];
type Described = ApiFacts & Pick<ApiRoute, "method" | "query">;

/** By handler, so that nothing is kept of an app that is gone. */
const DESCRIBED = new WeakMap<object, Described>();

/** A Hono app whose routes cannot be registered without their documentation. */
export class ApiRoutes {
  readonly hono: Hono<HttpEnv> = new Hono();
  readonly get: Register = this.#register("get");
  readonly post: Register = this.#register("post");
  readonly put: Register = this.#register("put");
  readonly delete: Register = this.#register("delete");
  readonly #owner: MiddlewareHandler<HttpEnv>;
  readonly #ownerOrSession: MiddlewareHandler<HttpEnv>;
  readonly #mayRead: ReaderGuard;

  constructor(ports: HttpPorts) {
    this.#owner = ownerOnly(ports);
    this.#ownerOrSession = ownerOnly(ports, "token or session");
    this.#mayRead = makeReaderGuard(ports);
  }

  #register(method: Method): Register {
    return <P extends string, Q extends ObjectSchema>(path: P, route: Asking<P, Q> | Plain<P>): void => {
      const isAsking = "query" in route;
      const isGuarded = route.owner !== true && route.open !== true;
      const refused = async (c: Context<HttpEnv, P>, asked: unknown): Promise<Response | null> =>
        isGuarded ? this.#mayRead(c, v.is(AboutExchange, asked) ? asked.exchange : undefined) : null;
      const handler = async (c: Context<HttpEnv, P>): Promise<Response> => {
        if (!isAsking) {
          return (await refused(c, null)) ?? route.handle(c);
        }
        const asked = readQuery(c, route.query);
        const refusal = await refused(c, asked);
        return refusal ?? route.handle(c, pinned(asked, route.query, c.get("judged")));
      };
      const query = isAsking ? route.query : route.forwarded;
      DESCRIBED.set(handler, { ...route, method, ...(query !== undefined && { query }) });
      const guard = route.session === true ? this.#ownerOrSession : this.#owner;
      this.hono.on(method, [path], ...(route.owner === true ? [guard] : []), handler);
    };
  }
}

/** AL34: the exchange that the guard has judged is the one that the route reads, also when the owner switches in between. */
function pinned<T>(asked: T, { entries }: ObjectSchema, judged: Exchange | undefined): T {
  const isOpen = "exchange" in entries && !v.is(AboutExchange, asked) && judged !== undefined;
  return isOpen ? { ...asked, exchange: judged } : asked;
}

/**
 * The query of a request by its schema (RT4). Throws a Refusal that names a bad value, never clamped, or a name given twice,
 * because only one value could count. Names that the schema does not know are ignored.
 */
function readQuery<S extends v.GenericSchema>(c: Context<HttpEnv>, schema: S): v.InferOutput<S> {
  const values = new Map<string, string>();
  for (const [name, value] of new URL(c.req.url).searchParams) {
    if (values.has(name)) {
      throw new Refusal("bad-query", { detail: `${name}: stands there twice`, field: name });
    }
    values.set(name, value);
  }
  const result = v.safeParse(schema, Object.fromEntries(values));
  if (result.success) {
    return result.output;
  }
  const [issue] = result.issues;
  const field = v.getDotPath(issue) ?? "query";
  throw new Refusal("bad-query", { detail: `${field}: ${issue.message}`, field });
}

/** Every route of `app` with what it states of itself, in the order of registration. */
export function routesOf(app: Hono<HttpEnv>): readonly ApiRoute[] {
  return app.routes.flatMap(({ handler, path }) => {
    const route = DESCRIBED.get(handler);
    if (route === undefined) {
      return [];
    }
    const { query = "", part = "$ID", ...example } = route.example ?? {};
    return {
      ...route,
      path: path.replaceAll(/:(\w+)/g, "{$1}"),
      // A function, since `$` in a text has a meaning of its own.
      example: { ...example, path: path.replace(/:\w+/, () => part) + query },
    };
  });
}
