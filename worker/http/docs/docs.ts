/** `/docs` and `/openapi.json`: what this API takes and answers, for people and for machines. */
import type { Hono } from "hono";
import { etag } from "hono/etag";
import { html } from "hono/html";
import { needsLogin } from "../../app/reader-rule.ts";
import { PROBLEMS } from "../../protocol/rest/problem.ts";
import { type ApiRoute, ApiRoutes, routesOf } from "../request/api-routes.ts";
import type { HttpEnv, HttpPorts } from "../request/ports.ts";
import { makeDocument, problemsOf } from "./api-document.ts";
import { type ApiParameter, parametersOf } from "./api-schema.ts";
import { curlOf, type DocsPlace, TOKEN_LINE } from "./docs-example.ts";
import { socketGuide } from "./docs-sockets.ts";

/** Of the routes of `app`, these two among them. */
export function docsRoutes(ports: HttpPorts, app: Hono<HttpEnv>): ApiRoutes {
  const routes = new ApiRoutes(ports);
  /** Kept, since making it takes tens of milliseconds. */
  let document: string | null = null;

  routes.hono.use("/openapi.json", etag());
  routes.get("/openapi.json", {
    summary: "This API as an OpenAPI 3.1 document.",
    answer: { type: "application/json" },
    handle(c) {
      document ??= JSON.stringify(makeDocument(routesOf(app), ports.build));
      return c.body(document, 200, { "Content-Type": "application/json" });
    },
  });

  routes.get("/docs", {
    summary: "This API as a page.",
    answer: { type: "text/html" },
    handle: async (c) => {
      const rule = ports.readers?.rule ?? "public";
      const isClosed = needsLogin(rule, await ports.settings.activeExchange());
      const place = { origin: new URL(c.req.url).origin, isClosed };
      return c.html(await docsPage(routesOf(app), place, c.get("secureHeadersNonce") ?? ""));
    },
  });

  return routes;
}

type Html = ReturnType<typeof html>;

/** `nonce` lets the style in; `place` stands in the examples. */
function docsPage(routes: readonly ApiRoute[], place: DocsPlace, nonce: string): Html {
  const owned = routes.filter(({ owner }) => owner === true);
  const sockets = routes.filter(({ answer, owner }) => "switch" in answer && owner !== true);
  const session = routes.filter(({ open, path }) => open === true && !path.startsWith("/api/push"));
  const push = routes.filter(({ path }) => path.startsWith("/api/push"));
  const read = routes.filter((route) => ![...owned, ...sockets, ...session, ...push].includes(route));
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>VCP Radar API</title>
        <style nonce="${nonce}">
          ${STYLE}
        </style>
      </head>
      <body>
        <main>
          <h1>VCP Radar API</h1>
          ${introduction()} ${place.isClosed ? tokenHint() : ""}
          <h2>Reading</h2>
          ${read.map((route) => section(route, place))}
          <h2>Sockets</h2>
          ${socketGuide(place)} ${sockets.map((route) => section(route, place))}
          <h2>Logging in</h2>
          <p>
            A real market is shown to whoever has logged in, unless the deployment's variable READERS is
            <code>public</code>: a browser at <a href="/login">/login</a>, everything else with the owner's
            token in the header <code>Authorization</code>. The demo is open to everyone.
          </p>
          ${session.map((route) => section(route, place))}
          <h2>Alerts to a browser</h2>
          <p>
            A browser keeps its own rules with its push subscription, without an account: the answer to the
            first request has the token for all others.
          </p>
          ${push.map((route) => section(route, place))}
          <h2>The owner's routes</h2>
          <p>
            They need the value of OWNER_TOKEN; those of the alerts take the session of a browser as well. In
            the folder where <code>npm start</code> wrote it:
          </p>
          <pre id="token" tabindex="0"><code>${TOKEN_LINE}</code></pre>
          <p>
            The examples with CSV write what they show into KRX, and a bar is never removed again: a backup
            without it is refused by <code>npm run restore</code>. Try them on a folder that you can throw
            away, <code>npm start -- --state DIR</code>.
          </p>
          ${owned.map((route) => section(route, place))}
          <h2>Problems</h2>
          ${problemTable()}
        </main>
      </body>
    </html>`;
}

function introduction(): Html {
  return html`<p class="dim">
      The same as a document for machines: <a href="/openapi.json">OpenAPI 3.1</a>. Every example works as it
      stands.
    </p>
    <p>
      Numbers are numbers, times are ISO 8601 in KST, missing is <code>null</code> and never 0. Every read
      route shows the active exchange, or the one that <code>?exchange=KRX</code> or <code>DEMO</code> names.
      A value out of its range is refused, never clamped. Lists have an <code>ETag</code>: send it back as
      <code>If-None-Match</code> and an unchanged list is <code>304</code>. Errors are
      <code>application/problem+json</code> with a <code>request_id</code>.
    </p>`;
}

/** The examples of a closed market begin with it. */
function tokenHint(): Html {
  return html`<p>The examples send the owner's token. In the folder where <code>npm start</code> wrote it:</p>
    <pre tabindex="0"><code>${TOKEN_LINE}</code></pre>`;
}

function section(route: ApiRoute, place: DocsPlace): Html {
  const parameters = parametersOf(route);
  return html`<section>
    <h3><b>${route.method.toUpperCase()}</b> ${route.path}</h3>
    <p>${route.summary}</p>
    ${parameters.length === 0 ? "" : parameterTable(parameters)}
    ${route.body === undefined ? "" : html`<p>Body: ${bodyText(route)}.</p>`}
    <pre tabindex="0"><code>${curlOf(route, place)}</code></pre>
    <p class="dim">${answerText(route)} Problems: ${problemsOf(route).join(", ")}.</p>
  </section>`;
}

function parameterTable(parameters: readonly ApiParameter[]): Html {
  return html`<div class="wide" tabindex="0">
    <table>
      ${parameters.map(
        (one) =>
          html`<tr>
            <td><code>${one.name}</code></td>
            <td>${one.required ? "required" : "optional"}</td>
            <td>${valueText(one)}</td>
          </tr>`,
      )}
    </table>
  </div>`;
}

function valueText({ description, schema }: ApiParameter): string {
  const { minimum, maximum, default: given } = schema;
  const kind =
    schema.enum?.map((value) => JSON.stringify(value)).join(" | ") ?? description ?? String(schema.type);
  const range = minimum === undefined || maximum === undefined ? "" : ` from ${minimum} to ${maximum}`;
  const fallback = given === undefined || given === "" ? "" : `, ${JSON.stringify(given)} by default`;
  return `${kind}${range}${fallback}`;
}

function bodyText({ body }: ApiRoute): string {
  return body?.type === "text/csv" ? `CSV with the columns ${body.columns}` : `JSON, ${body?.schema ?? ""}`;
}

function answerText({ answer }: ApiRoute): string {
  if ("switch" in answer) {
    return "Answer: 101, a WebSocket.";
  }
  return `Answer: ${"schema" in answer ? answer.schema : answer.type}.`;
}

function problemTable(): Html {
  return html`<div class="wide" tabindex="0">
    <table>
      <tr>
        <th>type</th>
        <th>status</th>
        <th>meaning</th>
      </tr>
      ${Object.entries(PROBLEMS).map(
        ([name, { status, title }]) =>
          html`<tr>
            <td><code>/problems/${name}</code></td>
            <td>${status}</td>
            <td>${title}</td>
          </tr>`,
      )}
    </table>
  </div>`;
}

/** The only style of the page, allowed by the nonce of the answer. */
const STYLE = `
:root { color-scheme: light dark; --ink: light-dark(#1b1f27, #e3e6eb); --dim: light-dark(#5a6270, #9aa3b2);
  --line: light-dark(#dfe2e8, #2c323d); --code: light-dark(#f4f5f7, #1d222b); --accent: light-dark(#0b5fff, #7aa7ff); }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 60rem; padding: 1.5rem 1rem 4rem; color: var(--ink); overflow-wrap: break-word;
  background: light-dark(#fff, #15181e); font: 15px/1.55 system-ui, sans-serif; }
h1 { font-size: 1.6rem; margin: 0; }
h2 { font-size: 1.2rem; margin: 2.5rem 0 .5rem; border-bottom: 1px solid var(--line); padding-bottom: .3rem; }
h3 { font-size: 1rem; margin: 1.8rem 0 .2rem; overflow-wrap: anywhere; }
h3 b { color: var(--accent); }
p { margin: .4rem 0; }
a { color: var(--accent); }
code, pre { font: 13px/1.5 ui-monospace, "SF Mono", Menlo, Consolas, monospace; }
pre { background: var(--code); border: 1px solid var(--line); border-radius: 6px; padding: .7rem .9rem;
  overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .25rem .8rem .25rem 0;
  border-bottom: 1px solid var(--line); }
th { font-weight: 600; }
.dim { color: var(--dim); }
.wide { overflow-x: auto; }
`;
