/** Literal answers of the server for the parts of the gallery that ask it themselves; the page round them asks the real one. */
import { createContext, getOwner, useContext } from "solid-js";
import { encodeProblem } from "../../worker/protocol/rest/problem.ts";
import { type Answer, DEFAULTS } from "../e2e/stub-api.ts";

/** By path without query; a part that stands outside of the gallery has none. */
export type Answers = ReadonlyMap<string, Answer>;

export const AnswersContext = createContext<Answers | null>(null);

/** The usual answers, with changes by path. */
export function answersWith(changes: Readonly<Record<string, Answer>> = {}): Answers {
  return new Map([...DEFAULTS, ...Object.entries(changes)]);
}

async function respond(answer: Answer): Promise<Response> {
  if (answer === "hang") {
    return new Promise<Response>(() => undefined);
  }
  if (answer === "cut") {
    throw new TypeError("cut");
  }
  if ("body" in answer) {
    return Response.json(answer.body);
  }
  const name = answer.status === 404 ? "not-found" : "unavailable";
  const problem = encodeProblem(name, { detail: "D1 did not do what was asked." }, "req-7f3a");
  return Response.json(problem, { status: answer.status });
}

/** Answers to requests that are made outside of a context, each for one request, in this order. */
const queued = new Map<string, Answer[]>();

/** The next request for `path` that no context answers gets this. */
export function answerNext(path: string, answer: Answer): void {
  queued.set(path, [...(queued.get(path) ?? []), answer]);
}

function pathOf(input: RequestInfo | URL): string {
  const url = input instanceof Request ? input.url : String(input);
  return new URL(url, location.href).pathname;
}

/** From now on a part that asks while it is made, or by an effect of its own, is answered by its context, another by the queue. */
export function answerByContext(): void {
  const ask = window.fetch.bind(window);
  window.fetch = async (input, init) => {
    const answers = getOwner() === null ? null : (useContext(AnswersContext) ?? null);
    const next = answers === null ? queued.get(pathOf(input))?.shift() : undefined;
    if (answers !== null || next !== undefined) {
      return respond(next ?? answers?.get(pathOf(input)) ?? { status: 404 });
    }
    return ask(input, init);
  };
}
