/** FK15: what goes wrong at a receiver of alerts when a test sets it, alike at all three. */
import type { ServedAnswer } from "../serve-vendor.ts";

/** What the test sets; a fresh receiver has none of it. Numbers count the requests that it still happens to. */
export interface ReceiverTraps {
  /** Refused with `failStatus` and not taken. */
  failing: number;
  failStatus: number;
  /** Refused for their rate, with `retryAfterS`, and not taken. */
  limited: number;
  retryAfterS: number;
  /** Never answered, and not taken. */
  silent: number;
  /** The connection ends before the message is taken. */
  cutBefore: number;
  /** The message is taken, and the connection ends without an answer. */
  cutAfter: number;
  /** The message is taken, and an answer begins that has no end: a byte now and then, or as fast as it is read. */
  slowBody: number;
  hugeBody: number;
  /** Nobody is there any more. */
  gone: boolean;
  /** Each request is sent on to this address, and not taken. */
  redirectTo: string | null;
  /** Answers repeat the address and the headers of the request, in their text, a header and the reason beside the status. */
  echo: boolean;
}

export function freshReceiverTraps(): ReceiverTraps {
  return {
    failing: 0,
    failStatus: 503,
    limited: 0,
    retryAfterS: 7,
    silent: 0,
    cutBefore: 0,
    cutAfter: 0,
    slowBody: 0,
    hugeBody: 0,
    gone: false,
    redirectTo: null,
    echo: false,
  };
}

/** How a receiver refuses in its own form. */
export interface Refusals {
  limited(retryAfterS: number): Response;
  failed(status: number): Response;
  gone(): Response;
}

const SLOW_MS = 50;
const HUGE_PART = 65_536;

/** A body without an end; `pauseMs` 0 is as fast as it is read. */
function endless(status: number, part: Uint8Array, pauseMs: number): ServedAnswer {
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
      controller.enqueue(part);
    },
  });
  return { streamed: new Response(body, { status, headers: { "content-type": "application/json" } }) };
}

function counted(
  traps: ReceiverTraps,
  name: "failing" | "limited" | "silent" | "cutBefore" | "cutAfter" | "slowBody" | "hugeBody",
): boolean {
  const isSet = traps[name] > 0;
  traps[name] -= isSet ? 1 : 0;
  return isSet;
}

function refusalOf(traps: ReceiverTraps, refusals: Refusals): ServedAnswer | null {
  if (traps.redirectTo !== null) {
    return new Response(null, { status: 307, headers: { location: traps.redirectTo } });
  }
  if (counted(traps, "silent")) {
    return "silent";
  }
  if (counted(traps, "cutBefore")) {
    return "cut";
  }
  if (counted(traps, "limited")) {
    return refusals.limited(traps.retryAfterS);
  }
  if (counted(traps, "failing")) {
    return refusals.failed(traps.failStatus);
  }
  return traps.gone ? refusals.gone() : null;
}

async function echoed(answer: ServedAnswer, request: Request): Promise<ServedAnswer> {
  if (!(answer instanceof Response)) {
    return answer;
  }
  const sent = [request.url, ...[...request.headers].map(([name, value]) => `${name}=${value}`)].join(" ");
  const headers = new Headers(answer.headers);
  headers.set("x-echo", sent);
  return new Response(`${await answer.text()} ${sent}`, { status: answer.status, headers });
}

/** The answer to `request` as the traps have it; `take` records the message and gives the receiver's own answer. */
export async function answerWithTraps(
  traps: ReceiverTraps,
  refusals: Refusals,
  request: Request,
  take: () => Promise<Response>,
): Promise<ServedAnswer> {
  const echo = (answer: ServedAnswer) => (traps.echo ? echoed(answer, request) : answer);
  const refusal = refusalOf(traps, refusals);
  if (refusal !== null) {
    return echo(refusal);
  }
  const answer = await take();
  if (counted(traps, "cutAfter")) {
    return "cut";
  }
  if (counted(traps, "slowBody")) {
    return endless(answer.status, new Uint8Array([32]), SLOW_MS);
  }
  return counted(traps, "hugeBody") ? endless(answer.status, new Uint8Array(HUGE_PART), 0) : echo(answer);
}
