/** Routes that carry their own documentation: what one checks is what `/docs` and `/openapi.json` have of it (decision 024). */
import { type Context, Hono, type MiddlewareHandler } from "hono";
import * as v from "valibot";
import { ownerOnly } from "../admin/owner.ts";
import type { ApiFacts, ApiRoute, ObjectSchema } from "../docs/api-route.ts";
import type { HttpEnv } from "./http-env.ts";
import type { HttpPorts } from "./ports.ts";
import { Refusal } from "./refusal.ts";

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

export class ApiRoutes {
  readonly hono: Hono<HttpEnv> = new Hono();
  readonly get: Register = this.#register("get");
  readonly post: Register = this.#register("post");
  readonly put: Register = this.#register("put");
  readonly #owner: MiddlewareHandler<HttpEnv>;

  constructor(ports: HttpPorts) {
    this.#owner = ownerOnly(ports);
  }

  #register(method: Method): Register {
    return <P extends string, Q extends ObjectSchema>(path: P, route: Asking<P, Q> | Plain<P>): void => {
      const isAsking = "query" in route;
      const handler = (c: Context<HttpEnv, P>): Answer =>
        isAsking ? route.handle(c, readQuery(c, route.query)) : route.handle(c);
      const query = isAsking ? route.query : route.forwarded;
      DESCRIBED.set(handler, { ...route, method, ...(query !== undefined && { query }) });
      this.hono.on(method, [path], ...(route.owner === true ? [this.#owner] : []), handler);
    };
  }
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
