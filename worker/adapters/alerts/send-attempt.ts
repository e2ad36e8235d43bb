/** AL44, AL45: one attempt to send, which ends in time and as a value whatever a receiver, a name server or the platform does. */
import type { SendOutcome } from "../../app/ports/alert-channel.ts";
import type { Log } from "../../app/ports/log.ts";
import { describeFault } from "./fault.ts";

export interface SendSurroundings {
  readonly fetch: (request: Request) => Promise<Response>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly log: Log;
  /** For the whole attempt, names and answers included; {@link PATIENCE_MS} by default. */
  readonly patienceMs?: number;
}

/** Below the ten seconds of the port. */
const PATIENCE_MS = 8_000;

/** One POST of the attempt; its answer's body is for the caller to read or to end. */
export type Post = (
  url: string,
  body: BodyInit,
  headers: Readonly<Record<string, string>>,
) => Promise<Response>;

/** Ends a body that nobody reads, however long it is; a failure of that changes nothing about the answer. */
async function endBody(response: Response, log: Log): Promise<void> {
  try {
    await (response.body?.locked === true ? null : response.body?.cancel());
  } catch (error) {
    log.write("info", "alert_answer_not_ended", { error: describeFault(error) });
  }
}

/**
 * The answer of `work`, which posts at most once. `receiver` names it in reasons and in the log. When the time is over the
 * connection is ended; the receiver may have taken the message all the same, which its key shows on the next attempt.
 */
export async function attemptToSend(
  receiver: string,
  { fetch, log, patienceMs = PATIENCE_MS }: SendSurroundings,
  work: (post: Post) => Promise<SendOutcome>,
): Promise<SendOutcome> {
  const ending = new AbortController();
  const answers: Response[] = [];
  const post: Post = async (url, body, headers) => {
    const response = await fetch(
      new Request(url, {
        method: "POST",
        body,
        headers: { "user-agent": "vcp-radar", ...headers },
        redirect: "manual",
        signal: ending.signal,
      }),
    );
    answers.push(response);
    return response;
  };
  let timer: ReturnType<typeof setTimeout> | undefined;
  const silence = new Promise<SendOutcome>((resolve) => {
    timer = setTimeout(() => {
      log.write("warn", "alert_send_timed_out", { receiver, ms: patienceMs });
      resolve({ kind: "retry", reason: `${receiver} gave no answer in time`, afterMs: null });
      ending.abort();
    }, patienceMs);
  });
  try {
    return await Promise.race([work(post), silence]);
  } catch (error) {
    log.write("warn", "alert_send_failed", { receiver, error: describeFault(error) });
    return { kind: "retry", reason: `${receiver} could not be reached`, afterMs: null };
  } finally {
    clearTimeout(timer);
    void Promise.all(answers.map((answer) => endBody(answer, log)));
  }
}
