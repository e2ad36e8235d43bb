/** The live socket as Solid sees it: a status to read, topics to listen to, and an end with its owner. */
import { type Accessor, batch, createComputed, createMemo, createSignal, onCleanup } from "solid-js";
import { CLOSE } from "../../worker/protocol/messages/codes.ts";
import type { Connected } from "../../worker/protocol/messages/session-message.ts";
import { isBlocked } from "../live/connection.ts";
import type { Connection } from "../live/connection-state.ts";
import { type LiveStatus, statusOf } from "../live/connection-status.ts";
import { makeLiveSocket } from "../live/socket.ts";
import type { LiveSnapshot, LiveSocket, LiveSocketOptions, Subscription } from "../live/ports.ts";
import type { Timers } from "../live/time.ts";
import type { TopicListener } from "../live/update.ts";
import { listenForWakes, type WakeSources, watchForSleep } from "../live/wake.ts";
import { leaveForLogin } from "./fetch-json.ts";
import { createPolling, type Polling } from "./polling.ts";
import type { Loading } from "./remote.ts";
import { createServerClock } from "./server-clock.ts";

/** How often the age of the last message is looked at again: "live" becomes "quiet" without any event. */
const STATUS_MS = 1_000;

/** The live socket as stores and views use it. Everything it starts ends with the owner that called. */
export interface LiveConnection {
  readonly status: Accessor<LiveStatus>;
  /** What the status is derived from. */
  readonly connection: Accessor<Connection>;
  /** The server's greeting; `null` before the first connection. */
  readonly hello: Accessor<Connected | null>;
  /** The server has another build than the one that served this page, or another protocol. */
  readonly isOutdated: Accessor<boolean>;
  readonly timers: Timers;
  /** Milliseconds on the monotonic clock, new every second: what the ages of the status count in. */
  readonly now: Accessor<number>;
  /**
   * Milliseconds since the epoch by the server's clock, in whole seconds; by the machine's own before the server has stated
   * it, and `null` while a sleep or a set clock has made it uncertain.
   */
  readonly serverTime: Accessor<number | null>;
  /** Listens until the owner ends, or until `release`. */
  listen(topic: string, listener: TopicListener): Subscription;
  /** Loads again and again while no socket comes through, until the owner ends. */
  poll(loading: Pick<Loading, "reload" | "failure">): void;
  pause(): void;
  resume(): void;
  retry(): void;
}

/** What a browser gives, or a test. `wakes` `null`: a page that never sleeps. */
export interface LivePlatform extends Omit<LiveSocketOptions, "around"> {
  readonly wakes: WakeSources | null;
}

/** The browser's own. `path`: the Worker's route for sockets. */
function browserPlatform(path = "/ws"): LivePlatform {
  return {
    url: `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}${path}`,
    clock: { now: () => performance.now(), wall: () => Date.now() },
    random: () => Math.random(),
    timers: {
      after: (ms, run) => {
        const timer = setTimeout(run, ms);
        return () => {
          clearTimeout(timer);
        };
      },
    },
    WebSocket,
    wakes: { window, document, navigator },
  };
}

function isSame(a: LiveStatus, b: LiveStatus): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function createStatus(
  snapshot: Accessor<LiveSnapshot>,
  now: Accessor<number>,
  { polledAt }: Polling,
): Accessor<LiveStatus> {
  const status = createMemo(
    () => statusOf(snapshot().connection, now(), snapshot().waiting, polledAt()),
    undefined,
    { equals: isSame },
  );
  followLogin(status);
  return status;
}

function createOutdated(hello: Accessor<Connected | null>, status: Accessor<LiveStatus>): Accessor<boolean> {
  let first: string | undefined;
  return createMemo(() => {
    const build = hello()?.build;
    first ??= build;
    const now = status();
    return build !== first || (now.state === "refused" && now.code === CLOSE.version.code);
  });
}

function wakeBy(wakes: WakeSources, socket: LiveSocket): () => void {
  return listenForWakes(wakes, (wake) => {
    socket.wake(wake);
  });
}

/** A socket that was refused, or ended, because nobody has logged in. */
function followLogin(status: Accessor<LiveStatus>): void {
  createComputed(() => {
    const now = status();
    if (now.state === "refused" && now.code === CLOSE.login.code) {
      leaveForLogin();
    }
  });
}

/** Runs every {@link STATUS_MS}. Returns how to stop. */
function repeat(timers: Timers, run: () => void): () => void {
  let cancel = next();
  function next(): () => void {
    return timers.after(STATUS_MS, () => {
      run();
      cancel = next();
    });
  }
  return () => {
    cancel();
  };
}

/** Connects with the first topic listened to. */
export function createLiveSocket(platform: LivePlatform = browserPlatform()): LiveConnection {
  const { clock, timers, wakes } = platform;
  const socket = makeLiveSocket({ ...platform, around: batch });
  const [snapshot, setSnapshot] = createSignal(socket.snapshot());
  const [now, setNow] = createSignal(clock.now());
  const blocked = createMemo(() => isBlocked(snapshot().connection));
  const polling = createPolling(blocked, clock, timers);
  const status = createStatus(snapshot, now, polling);
  const hello = createMemo(() => snapshot().hello);
  const serverClock = createServerClock(socket, clock, now, blocked);
  const findSleep = watchForSleep(clock, STATUS_MS);

  function look(): void {
    const sleep = findSleep();
    if (sleep !== null) {
      socket.wake(sleep);
      polling.wake();
    }
    serverClock.ask(sleep !== null);
    batch(() => {
      setSnapshot(socket.snapshot());
      setNow(clock.now());
    });
  }
  const stopLooking = repeat(timers, look);
  socket.watch(look);
  const stopWakes = wakes && wakeBy(wakes, socket);
  onCleanup(() => {
    stopLooking();
    stopWakes?.();
    socket.close();
  });

  return {
    status,
    connection: () => snapshot().connection,
    hello,
    isOutdated: createOutdated(hello, status),
    timers,
    now,
    serverTime: serverClock.now,
    listen: (topic, listener) => {
      const subscription = socket.subscribe(topic, listener);
      onCleanup(() => {
        subscription.release();
      });
      return subscription;
    },
    poll: (loading) => {
      polling.add(loading);
    },
    pause: () => {
      socket.pause();
    },
    resume: () => {
      socket.resume();
    },
    retry: () => {
      socket.retry();
    },
  };
}
