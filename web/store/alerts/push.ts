/** The push subscription of this device: begun and ended by its reader, and kept equal at the browser, the server and on the device. */
import { type Accessor, createSignal } from "solid-js";
import type { AlertRuleRow } from "../../../worker/protocol/rest/alert-rules.ts";
import { RequestError } from "../fetch-json.ts";
import type { KeptPush, PushPlace } from "./push-place.ts";
import type { PushServer, PushTarget, PushToken } from "./push-server.ts";
import { logPage } from "../page-log.ts";

/** What the browser has of it. */
export interface PushBrowser {
  /** `null`: none, or the browser has ended it. */
  readonly current: () => Promise<PushTarget | null>;
  /** Under this key; one under another key ends. Rejects with a PushRefused. */
  readonly subscribe: (key: string) => Promise<PushTarget>;
  /** Resolves also where there is none. */
  readonly unsubscribe: () => Promise<void>;
}

/** The browser does not subscribe, or keeps nothing: what helps is not of the server. */
export class PushRefused extends Error {
  override readonly name = "PushRefused";
}

export type PushFailure = RequestError | PushRefused;

interface PushDeps {
  readonly place: PushPlace;
  readonly browser: PushBrowser;
  readonly server: PushServer;
  /** One at a time over all tabs. */
  readonly inTurn: <T>(run: () => Promise<T>) => Promise<T>;
}

/** `null`: not known yet. `lost`: the browser has ended it. */
export type PushStatus = "on" | "off" | "lost" | null;

/** As the page shows it. */
export interface Push {
  readonly status: Accessor<PushStatus>;
  /** Of the last attempt. */
  readonly failure: Accessor<PushFailure | null>;
  readonly isBusy: Accessor<boolean>;
  /** From a press, once the browser has the permission. */
  readonly begin: (rules: readonly AlertRuleRow[]) => Promise<void>;
  /** Names to the server what has changed since, and finds out what the browser has ended. */
  readonly sync: (rules: readonly AlertRuleRow[]) => Promise<void>;
  readonly end: () => Promise<void>;
  /** `null` where there is none. */
  readonly token: () => Promise<PushToken | null>;
}

type Rules = readonly AlertRuleRow[];

function textOf(target: PushTarget, rules: Rules, session: string | null): string {
  return JSON.stringify([target, rules, session]);
}

/** Subscribes and keeps the token. What cannot be kept is ended again: nobody could change it any more. */
async function subscribe({ place, browser, server }: PushDeps, rules: Rules): Promise<void> {
  const [target, session] = [await browser.subscribe(await server.key()), await server.session()];
  const made = await server.add({ ...target, rules: [...rules] });
  try {
    await place.write({ ...made, sent: textOf(target, rules, session), isEnding: false });
  } catch (cause) {
    await browser.unsubscribe();
    await server.end(made);
    throw new PushRefused("The browser keeps nothing", { cause });
  }
}

/** At the browser first: from then on nothing comes, whether or not the server can be reached. */
async function end({ place, browser, server }: PushDeps, kept: KeptPush | null): Promise<void> {
  if (kept !== null) {
    await place.write({ ...kept, isEnding: true });
  }
  await browser.unsubscribe();
  if (kept !== null) {
    await server.end(kept);
    await place.write(null);
  }
}

async function sync(deps: PushDeps, rules: Rules): Promise<PushStatus> {
  const { place, browser, server } = deps;
  const kept = await place.read();
  if (kept === null) {
    return "off";
  }
  if (kept.isEnding) {
    await end(deps, kept);
    return "off";
  }
  const target = await browser.current();
  if (target === null) {
    await server.end(kept);
    await place.write(null);
    return "lost";
  }
  const sent = textOf(target, rules, await server.session());
  if (sent === kept.sent) {
    return "on";
  }
  if (await server.change(kept, { ...target, rules: [...rules] })) {
    await place.write({ ...kept, sent });
  } else {
    await subscribe(deps, rules);
  }
  return "on";
}

/** What failed, beside the console's one line. */
function reported(error: unknown): PushFailure {
  const failure = error instanceof PushRefused ? error : RequestError.of(error);
  logPage("push_failed", failure.message);
  return failure;
}

export function createPush(deps: PushDeps): Push {
  const [status, setStatus] = createSignal<PushStatus>(null);
  const [failure, setFailure] = createSignal<PushFailure | null>(null);
  const [isBusy, setBusy] = createSignal(false);

  async function attempt(work: () => Promise<PushStatus>): Promise<void> {
    setBusy(true);
    try {
      const next = await deps.inTurn(work);
      // That the browser has ended it stays on the page until its reader begins again.
      setStatus((now) => (now === "lost" && next === "off" ? now : next));
      setFailure(null);
    } catch (error) {
      const kept = await deps.place.read().catch(() => null);
      setStatus(kept === null || kept.isEnding ? "off" : "on");
      setFailure(reported(error));
    }
    setBusy(false);
  }
  return {
    status,
    failure,
    isBusy,
    begin: async (rules) => {
      await attempt(async () => {
        await subscribe(deps, rules);
        return "on";
      });
    },
    sync: async (rules) => {
      await attempt(async () => sync(deps, rules));
    },
    end: async () => {
      await attempt(async () => {
        await end(deps, await deps.place.read());
        return "off";
      });
    },
    token: async () => deps.place.read(),
  };
}
