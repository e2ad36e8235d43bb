/** Values of a server that never ask one: each of the states in which a part can meet its answer. */
import { encodeProblem } from "../../worker/protocol/rest/problem.ts";
import { RequestError } from "../store/fetch-json.ts";
import type { Remote } from "../store/remote.ts";

const REFUSAL = encodeProblem(
  "unavailable",
  { detail: "D1 did not do what was asked.", neighbour: "D1" },
  "req-7f3a",
);

const STILL = { failure: () => null, busy: () => false, reload: async () => undefined };

export function arrived<T>(value: T): Remote<T> {
  return { ...STILL, value: () => value };
}

/** The first answer is on its way. */
export function waiting<T>(): Remote<T> {
  return { ...STILL, value: () => null, busy: () => true };
}

/** The server refused with its problem. */
export function failed<T>(): Remote<T> {
  const error = new RequestError("refused", "503", { status: REFUSAL.status, problem: REFUSAL });
  return { ...STILL, value: () => null, failure: () => error };
}

/** A reload found no server; the value of before is still shown. */
export function kept<T>(value: T): Remote<T> {
  return { ...STILL, value: () => value, failure: () => new RequestError("unreachable", "cut") };
}
