/** A market that stands still round one state of a part: literal values in the place of the stores. */
import { createMemoryHistory, MemoryRouter, Route } from "@solidjs/router";
import { type JSX, Show, untrack } from "solid-js";
import type { SignalsBody } from "../../worker/protocol/rest/signal-list.ts";
import type { Answer } from "../e2e/stub-api.ts";
import { GATE, INDICES, STATUS } from "../e2e/stub-market.ts";
import { SIGNALS } from "../e2e/stub-signals.ts";
import { IDLE } from "../live/connection-state.ts";
import type { LiveStatus } from "../live/connection-status.ts";
import type { Update } from "../live/update.ts";
import type { Feed } from "../store/feed.ts";
import type { Gap } from "../store/gap.ts";
import type { Remote } from "../store/remote.ts";
import type { SignalChange } from "../store/signals/signal-list.ts";
import type { Device } from "../store/device/device.ts";
import { AppContext, useApp } from "../view/app-context.tsx";
import { type Market, MarketContext } from "../view/market-context.tsx";
import { AnswersContext, answersWith } from "./answers.ts";
import { newDevice } from "./device.ts";
import { arrived } from "./remote.ts";

/** Milliseconds on the page's clock, in which all ages count. */
export const NOW = 600_000;
/** The server's time: the evening of the fixtures. */
const EVENING = Date.parse("2025-06-13T18:24:10.000+09:00");

/** What differs from a quiet evening of KRX without a feed. */
export interface Scene {
  readonly status?: LiveStatus;
  readonly isOutdated?: boolean;
  readonly feed?: Feed | null;
  readonly exchange?: "KRX" | "DEMO" | null;
  readonly serverTime?: number | null;
  readonly session?: string | null;
  readonly gate?: Market["gate"];
  readonly scan?: Market["status"];
  readonly indices?: Market["indices"];
  readonly signals?: Remote<SignalsBody>;
  readonly changes?: readonly SignalChange[];
  readonly gap?: Gap;
  /** What a listener gets at once, by topic. */
  readonly updates?: ReadonlyMap<string, Update>;
  /** What the device keeps; nothing without it. */
  readonly device?: () => Device;
  /** Answers of the server that differ from the usual ones, by path. */
  readonly answers?: Readonly<Record<string, Answer>>;
}

export const NO_FEED: Feed = {
  exchange: "KRX",
  state: "none",
  source: "none",
  clock: null,
  session: "closed",
  tickers: 0,
  at: "2025-06-13T18:21:04.000+09:00",
};

/** Indices as a store has them: the stored closes of the fixtures. */
export const CLOSES = {
  indices: INDICES.indices.map(({ timestamp, ...quote }) => ({ ...quote, at: timestamp })),
};

/** Values arrive once, when a part begins to listen; nothing else ever does. */
function makeLive(scene: Scene): Market["live"] {
  return {
    status: () => scene.status ?? { state: "closed", lastDataAt: null },
    connection: () => IDLE,
    hello: () => null,
    isOutdated: () => scene.isOutdated ?? false,
    timers: { after: () => () => undefined },
    now: () => NOW,
    serverTime: () => (scene.serverTime === undefined ? EVENING : scene.serverTime),
    listen: (topic, listener) => {
      const update = scene.updates?.get(topic);
      if (update !== undefined) {
        listener.message(update);
      }
      return { release: () => undefined, isCurrent: () => true, renew: () => undefined };
    },
    poll: () => undefined,
    pause: () => undefined,
    resume: () => undefined,
    retry: () => undefined,
  };
}

function makeExchange(active: "KRX" | "DEMO" | null): Market["exchange"] {
  return {
    active: () => active,
    learn: () => undefined,
    accepts: () => true,
    onSwitch: () => undefined,
    onDoubt: () => undefined,
  };
}

function makeMarket(scene: Scene): Market {
  return {
    live: makeLive(scene),
    exchange: makeExchange(scene.exchange === undefined ? "KRX" : scene.exchange),
    feed: () => (scene.feed === undefined ? NO_FEED : scene.feed),
    signals: {
      ...(scene.signals ?? arrived(SIGNALS)),
      changes: () => scene.changes ?? [],
      lastRunId: () => null,
    },
    gap: () => scene.gap ?? null,
    gate: scene.gate ?? arrived({ gate: GATE }),
    status: scene.scan ?? arrived(STATUS),
    indices: scene.indices ?? arrived(CLOSES),
    session: () => (scene.session === undefined ? "2025-06-13" : scene.session),
    busy: () => false,
    reload: () => undefined,
  };
}

interface Props {
  readonly scene?: Scene;
  /** For a part that reads or writes the address: one of its own, with the pattern that it is found under. */
  readonly at?: { readonly path: string; readonly pattern: string };
  readonly children: JSX.Element;
}

function Addressed(props: { at: { path: string; pattern: string }; children: JSX.Element }): JSX.Element {
  const history = createMemoryHistory();
  history.set({ value: untrack(() => props.at.path) });
  return (
    <MemoryRouter history={history} explicitLinks>
      <Route path={props.at.pattern} component={() => <>{props.children}</>} />
    </MemoryRouter>
  );
}

/** A state under a scene of its own. */
export function scened(scene: Scene, view: () => JSX.Element, at?: Props["at"]): () => JSX.Element {
  return () => (
    <Stage scene={scene} {...(at && { at })}>
      {view()}
    </Stage>
  );
}

/** The scene is fixed for the life of its state. */
export function Stage(props: Props): JSX.Element {
  const scene = untrack(() => props.scene ?? {});
  const { locale, text, format, naming, preferences } = useApp();
  const device = (scene.device ?? newDevice)();
  return (
    <AppContext.Provider value={{ locale, text, format, naming, preferences, device }}>
      <MarketContext.Provider value={makeMarket(scene)}>
        <AnswersContext.Provider value={answersWith(scene.answers)}>
          <Show when={props.at} fallback={props.children}>
            {(at) => <Addressed at={at()}>{props.children}</Addressed>}
          </Show>
        </AnswersContext.Provider>
      </MarketContext.Provider>
    </AppContext.Provider>
  );
}
