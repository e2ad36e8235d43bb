/** KW23: a session's live prices brought to a Worker, over one socket that is opened again until the session is over. */
import { CommandError } from "../../terminal/command-error.ts";
import { explain, ownerHeaders } from "../../terminal/owner-client.ts";
import { PUSH_CLOSE } from "../../../protocol/messages/pushed-prices.ts";
import { type Log, logFailure } from "../../../app/ports/log.ts";
import type { LiveRelay } from "./live-relay.ts";

export interface FollowDeps {
  readonly to: URL;
  readonly token: string;
  readonly log: Log;
  /** With what it sends to the feed. */
  makeRelay(send: (text: string) => void): LiveRelay;
  /** Milliseconds until the session is over, by the Worker's clock; 0 or less when it is. */
  readonly leftMs: () => number;
  /** Resolves after so many milliseconds. */
  readonly wait: (ms: number) => Promise<void>;
  /** Uniform in [0, 1). */
  readonly random: () => number;
}

const PATH = "/api/admin/live";
/** Ticks of so many milliseconds travel together. */
const TOGETHER_MS = 100;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;
const PATIENCE_MS = 20_000;
/** Until a socket that was closed here counts as closed. */
const CLOSE_MS = 3_000;

/** How a socket ended. `isFinal`: connecting again is of no use. */
interface Ended {
  readonly isFinal: boolean;
  readonly wasOpen: boolean;
  readonly detail: string;
}

/** A browser's socket states no reason of a refusal: the same question without the upgrade does. Fails where asking again is of no use. */
async function probe({ to, token, log }: Pick<FollowDeps, "to" | "token" | "log">): Promise<boolean> {
  let response: Response;
  try {
    response = await fetch(new URL(PATH, to), {
      headers: ownerHeaders(token, process.env),
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
  } catch (error) {
    // It may come back: the caller counts it as a connection that failed.
    logFailure(log, "worker_not_reached", error);
    return false;
  }
  if (response.status === 426) {
    await response.body?.cancel();
    return true;
  }
  if (response.status >= 500 || response.status === 429) {
    log.write("warn", "worker_not_reached", { status: response.status });
    await response.body?.cancel();
    return false;
  }
  throw await explain(response, PATH);
}

/** `use` gets what sends over this socket. */
function connect(
  deps: FollowDeps,
  relay: LiveRelay,
  use: (send: (text: string) => void) => void,
): Promise<Ended> {
  const { to, token, leftMs } = deps;
  const url = new URL(PATH, to);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  const socket = new WebSocket(url, { headers: ownerHeaders(token, process.env) });
  use((text) => {
    if (socket.readyState === WebSocket.OPEN) {
      socket.send(text);
    }
  });
  return new Promise((resolve) => {
    let wasOpen = false;
    const end = (isFinal: boolean, detail: string): void => {
      clearInterval(ticking);
      relay.end();
      resolve({ isFinal, wasOpen, detail });
    };
    /** The other end may be gone, and then never closes. */
    const leave = (detail: string): void => {
      socket.close(1000);
      setTimeout(end, CLOSE_MS, false, detail).unref();
    };
    let isLeaving = false;
    const ticking = setInterval(() => {
      relay.flush();
      if (!isLeaving && (leftMs() <= 0 || relay.isForsaken())) {
        isLeaving = true;
        leave(leftMs() <= 0 ? "the session is over" : "the Worker asked for no sign of life any more");
      }
    }, TOGETHER_MS);
    socket.addEventListener("open", () => {
      wasOpen = true;
      relay.greet();
    });
    socket.addEventListener("message", ({ data }) => {
      relay.take(typeof data === "string" ? data : "");
    });
    socket.addEventListener("error", () => {
      end(false, "no connection, or one that broke");
    });
    socket.addEventListener("close", ({ code, reason }) => {
      const known = Object.values(PUSH_CLOSE).find((one) => one.code === code);
      end(known !== undefined, known?.reason ?? (reason === "" ? `closed with ${code}` : reason));
    });
  });
}

/**
 * Resolves when the session is over. Rejects with a {@link CommandError} where the Worker refuses the machine, or takes another one in
 * its place. The relay lives on over all sockets: it is made once.
 */
export async function followSession(deps: FollowDeps): Promise<void> {
  const { leftMs, log, random, wait } = deps;
  let send: ((text: string) => void) | null = null;
  const relay = deps.makeRelay((text) => {
    send?.(text);
  });
  let failed = 0;
  while (leftMs() > 0) {
    if (await probe(deps)) {
      const ended = await connect(deps, relay, (own) => {
        send = own;
      });
      if (ended.isFinal) {
        throw new CommandError(`The Worker at ${deps.to.origin} ended the live prices: ${ended.detail}.`);
      }
      failed = ended.wasOpen ? 0 : failed;
      if (leftMs() > 0) {
        log.write("warn", "worker_socket_ended", { detail: ended.detail });
      }
    }
    failed += 1;
    const most = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** failed);
    const pause = FIRST_PAUSE_MS + random() * (most - FIRST_PAUSE_MS);
    await wait(Math.max(0, Math.min(pause, leftMs())));
  }
}
