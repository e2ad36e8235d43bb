/** RT21: the OpenAPI 3.1 document, made of what the routes state of themselves. */
import { type ProblemName, PROBLEM_MEDIA_TYPE, PROBLEMS } from "../../protocol/rest/problem.ts";
import type { ApiAnswer, ApiBody, ApiRoute } from "../request/api-routes.ts";
import { makeComponents, parametersOf, refTo } from "./api-schema.ts";
import { IMPORT_LIMIT, JSON_LIMIT } from "../request/body-limit.ts";

/** In the order of their status. */
export function problemsOf(route: ApiRoute): readonly ProblemName[] {
  const names = new Set<ProblemName>([
    ...(route.query === undefined ? [] : (["bad-query"] as const)),
    ...(route.body === undefined ? [] : (["bad-body", "too-large", "encoded-body"] as const)),
    ...(route.owner === true ? (["unauthorized", "owner-not-configured"] as const) : []),
    ...(isForReaders(route) ? (["login-required"] as const) : []),
    ...(route.problems ?? []),
    "too-many-requests",
    "internal",
    "unavailable",
  ]);
  if (route.body?.type === "text/csv") {
    names.delete("bad-body");
  }
  return [...names].toSorted((a, b) => PROBLEMS[a].status - PROBLEMS[b].status);
}

/** `build` is the version; the addresses in it are relative, so that it holds wherever it is served. */
export function makeDocument(routes: readonly ApiRoute[], build: string): object {
  return {
    openapi: "3.1.0",
    info: {
      title: "VCP Radar",
      version: build,
      summary: "The volatility contraction pattern on the Korean stock market.",
      description:
        "Numbers are numbers, times are ISO 8601 with offset in KST, missing is null and never 0. " +
        "Every read route shows the active exchange, or the one that `exchange` names. " +
        "Names of the query that a route does not know are ignored; a value outside its range is refused.",
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: "/" }],
    tags: [{ name: "read" }, { name: "owner" }],
    paths: pathsOf(routes),
    components: {
      schemas: makeComponents(),
      securitySchemes: {
        owner: { type: "http", scheme: "bearer", description: "The value of OWNER_TOKEN." },
        subscription: {
          type: "http",
          scheme: "bearer",
          description: "The token that POST /api/push/subscriptions answers with.",
        },
        session: {
          type: "apiKey",
          in: "cookie",
          name: "__Host-vcp_session",
          description: "As POST /api/session sets it; on plain http of one machine vcp_session_PORT.",
        },
      },
    },
  };
}

function pathsOf(routes: readonly ApiRoute[]): Readonly<Record<string, Record<string, object>>> {
  const paths: Record<string, Record<string, object>> = {};
  for (const route of routes) {
    (paths[route.path] ??= {})[route.method] = operationOf(route);
  }
  return paths;
}

function operationOf(route: ApiRoute): object {
  return {
    operationId: operationIdOf(route),
    tags: [route.owner === true ? "owner" : "read"],
    summary: route.summary,
    security: securityOf(route),
    parameters: parametersOf(route),
    ...(route.body !== undefined && { requestBody: requestOf(route.body) }),
    responses: { ...successOf(route.answer), ...failuresOf(route) },
  };
}

/** Neither the owner's alone nor open to everyone: a real market asks for a login. */
function isForReaders({ owner, open }: ApiRoute): boolean {
  return owner !== true && open !== true;
}

/** The empty one: nothing is asked for while the exchange is open to everyone. */
function securityOf(route: ApiRoute): readonly object[] {
  if (route.owner === true) {
    return [{ owner: [] }, ...(route.session === true ? [{ session: [] }] : [])];
  }
  if (route.token === true) {
    return [{ subscription: [] }];
  }
  return isForReaders(route) ? [{}, { owner: [] }, { session: [] }] : [];
}

/** `getKrStocksTickerChart`. */
function operationIdOf({ method, path }: ApiRoute): string {
  const names = path.match(/[A-Za-z]+/g)?.filter((name) => name !== "api") ?? [];
  return [method, ...names.map((name) => `${name.charAt(0).toUpperCase()}${name.slice(1)}`)].join("");
}

function requestOf(body: ApiBody): object {
  return body.type === "text/csv"
    ? {
        required: true,
        description: `Columns by name, in any order: ${body.columns}. At most ${IMPORT_LIMIT} bytes.`,
        content: { "text/csv": { schema: { type: "string" } } },
      }
    : {
        required: false,
        description: `At most ${body.limit ?? JSON_LIMIT} bytes; no body is an empty object.`,
        content: { [body.type]: { schema: refTo(body.schema) } },
      };
}

function successOf(answer: ApiAnswer): Readonly<Record<string, object>> {
  if ("switch" in answer) {
    return { "101": { description: "The connection is a WebSocket from here on." } };
  }
  const content =
    "schema" in answer
      ? { "application/json": { schema: refTo(answer.schema) } }
      : { [answer.type]: { schema: answer.type === "application/json" ? {} : { type: "string" } } };
  const status = "schema" in answer ? (answer.status ?? 200) : 200;
  return { [status]: { description: "As asked.", content } };
}

function failuresOf(route: ApiRoute): Readonly<Record<string, object>> {
  const byStatus = Map.groupBy(problemsOf(route), (name) => String(PROBLEMS[name].status));
  return Object.fromEntries(
    Array.from(byStatus, ([status, names]) => [
      status,
      {
        description: names.map((name) => `${PROBLEMS[name].title} (/problems/${name}).`).join(" "),
        content: { [PROBLEM_MEDIA_TYPE]: { schema: refTo("Problem") } },
      },
    ]),
  );
}
