/** The server's time for the page: stated by each greeting, and asked for where none comes and what was known is in doubt. */
import { type Accessor, createMemo, onCleanup } from "solid-js";
import * as v from "valibot";
import { KstTime } from "../../worker/protocol/vocabulary.ts";
import type { Clock } from "../live/time.ts";
import type { LiveSocket } from "../live/ports.ts";
import { fetchJson } from "./fetch-json.ts";

/** Between two questions. */
const ASK_MS = 10_000;

const StatedTime = v.object({ server_time: KstTime });

/** The server's time as a signal, and the way to ask for it. */
export interface ServerClock {
  /** Milliseconds since the epoch, in whole seconds; `null` while they are uncertain. */
  readonly now: Accessor<number | null>;
  /** Asks the server if its time is in doubt and no socket is about to bring it; soon again only if `isUrgent`. */
  ask(isUrgent: boolean): void;
}

/** `moment` is new whenever the time is to be looked at again; `isBlocked`: no socket comes through. */
export function createServerClock(
  socket: LiveSocket,
  clock: Clock,
  moment: Accessor<number>,
  isBlocked: Accessor<boolean>,
): ServerClock {
  const end = new AbortController();
  let askedAt = clock.now();

  async function learn(): Promise<void> {
    askedAt = clock.now();
    const at = askedAt;
    const { server_time: stated } = await fetchJson("/api/health", StatedTime, end.signal);
    socket.learnTime(stated, at);
  }
  onCleanup(() => {
    end.abort();
  });
  return {
    now: createMemo(() => {
      moment();
      const at = socket.serverTime.now();
      return at === null ? null : Math.floor(at / 1_000) * 1_000;
    }),
    ask: (isUrgent) => {
      if (isUrgent) {
        askedAt = -Infinity;
      }
      const { phase } = socket.snapshot().connection;
      const isProven = phase.name === "open" && phase.probeUntil === null;
      if (!socket.serverTime.isKnown() && clock.now() >= askedAt + ASK_MS && (isProven || isBlocked())) {
        // A server that does not answer is no failure of its own: the connection shows it, and a later look asks again.
        learn().catch(() => undefined);
      }
    },
  };
}
