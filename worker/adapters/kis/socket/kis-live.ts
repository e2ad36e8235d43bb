/** KS5: the vendor's socket as a `LiveUpstream`: one connection a key, heartbeats sent back, refusals told apart, ticks of what was registered. */
import type {
  LiveKey,
  LiveUpstream,
  Tick,
  UpstreamEvent,
  UpstreamSession,
} from "../../../app/ports/live-upstream.ts";
import { logFailure } from "../../../app/ports/log.ts";
import type { Denial } from "../../../app/ports/market-sources.ts";
import { NeighbourError } from "../../../app/ports/neighbour-error.ts";
import { tradingDayAt } from "../../../core/calendar/trading-day.ts";
import { Denials, fingerprintOf } from "../../upstream/denials.ts";
import { RefusedMessages } from "../../upstream/refused-messages.ts";
import type { Surroundings } from "../../upstream/surroundings.ts";
import type { OpenSocket, VendorSocket } from "../../upstream/vendor-socket.ts";
import { type KisAccess, keyProblemOf } from "../kis-access.ts";
import { ApprovalKeys } from "./approval-key.ts";
import { type KisFrame, readFrame } from "./frames.ts";
import { INDICES, readIndex, readTrade, topicOf, TRADES } from "./live-records.ts";
import { type Change, Registrations } from "./registrations.ts";

/** By which a denial is remembered. */
const SOCKET_SERVICE = "socket";

/** Over all kinds of records of one key. */
export const MOST_REGISTRATIONS = 41;

/** The approval key is none, or none any more. */
const BAD_APPROVAL: ReadonlySet<string> = new Set(["OPSP0010", "OPSP0011"]);
const DENIED: ReadonlyMap<string, Denial> = new Map([
  ["OPSP8991", "bad_key"],
  ["OPSP8992", "bad_key"],
  ["OPSP8996", "key_in_use"],
]);

/** What the adapter needs beside the surroundings of all vendors. */
export interface SocketSurroundings extends Surroundings {
  readonly openSocket: OpenSocket;
}

export interface KisLiveOptions {
  /** `ws://ops.koreainvestment.com:21000`, without a slash at its end. */
  readonly url: string;
  /** At most {@link MOST_REGISTRATIONS}. */
  readonly slots: number;
}

export class KisLive implements LiveUpstream {
  readonly id = "kis";
  readonly neighbour = "KIS";
  readonly slots: number;
  readonly #access: KisAccess;
  readonly #surroundings: SocketSurroundings;
  readonly #url: string;
  readonly #denials: Denials;
  readonly #approvals: ApprovalKeys;
  credential: string | null = null;

  constructor(access: KisAccess, { url, slots }: KisLiveOptions, surroundings: SocketSurroundings) {
    this.slots = Math.min(slots, MOST_REGISTRATIONS);
    [this.#url, this.#access, this.#surroundings] = [`${url}/tryitout`, access, surroundings];
    this.#denials = new Denials("kis", access.appKey + access.appSecret, surroundings);
    this.#approvals = new ApprovalKeys(access, surroundings, this.#denials);
    void this.#know(access);
  }

  async #know({ appKey, appSecret }: KisAccess): Promise<void> {
    this.credential = await fingerprintOf(appKey + appSecret);
  }

  open(onEvent: (event: UpstreamEvent) => void): UpstreamSession {
    const session = new KisConnection(this.slots, this.#surroundings, this.#approvals, onEvent);
    void this.#connect(session);
    return session;
  }

  async #connect(session: KisConnection): Promise<void> {
    try {
      // The first await of all: whoever opens has its session before any event.
      const standing = await this.#denials.standing(SOCKET_SERVICE);
      const problem = keyProblemOf(this.#access);
      if (problem !== null) {
        session.end("bad_key", problem);
        return;
      }
      const approval = standing ?? (await this.#approvals.get());
      if (approval.status === "denied") {
        session.end(approval.why, approval.subject);
      } else if (approval.status === "not_ready") {
        session.end(null, "a key of the socket was asked for within the last minute");
      } else {
        session.connect(this.#url, approval.value);
      }
    } catch (error) {
      if (!(error instanceof NeighbourError)) {
        logFailure(this.#surroundings.log, "kis_socket_failed", error, {}, "error");
      }
      session.end(null, error instanceof NeighbourError ? error.message : "a fault of the adapter");
    }
  }
}

class KisConnection implements UpstreamSession {
  readonly #surroundings: SocketSurroundings;
  readonly #approvals: ApprovalKeys;
  readonly #onEvent: (event: UpstreamEvent) => void;
  readonly #registrations: Registrations;
  #socket: VendorSocket | null = null;
  #approval = "";
  #isOpen = false;
  #hasEnded = false;
  readonly #refused: RefusedMessages;
  #width = 0;

  constructor(
    slots: number,
    surroundings: SocketSurroundings,
    approvals: ApprovalKeys,
    onEvent: (event: UpstreamEvent) => void,
  ) {
    this.#surroundings = surroundings;
    this.#approvals = approvals;
    this.#onEvent = onEvent;
    this.#refused = new RefusedMessages(surroundings.log, {
      one: "kis_frame_refused",
      many: "kis_frames_refused",
    });
    this.#registrations = new Registrations(slots);
  }

  connect(url: string, approval: string): void {
    if (this.#hasEnded) {
      return;
    }
    this.#approval = approval;
    this.#socket = this.#surroundings.openSocket(url, {
      onOpen: () => {
        if (!this.#hasEnded) {
          this.#isOpen = true;
          this.#onEvent({ kind: "up" });
          this.#register();
        }
      },
      onText: (text) => {
        if (!this.#hasEnded) {
          this.#onEvent({ kind: "frame" });
          this.#take(readFrame(text), text);
        }
      },
      onEnd: (detail) => {
        this.end(null, detail);
      },
    });
  }

  want(keys: readonly LiveKey[]): void {
    this.#registrations.want(keys);
    this.#register();
  }

  close(): void {
    if (!this.#hasEnded) {
      this.#hasEnded = true;
      this.#socket?.close();
      this.#refused.report();
    }
  }

  /** The connection is over, and the caller learns why. */
  end(denied: Denial | null, detail: string): void {
    if (!this.#hasEnded) {
      this.close();
      this.#onEvent({ kind: "down", denied, detail });
    }
  }

  #register(): void {
    if (this.#isOpen && !this.#hasEnded) {
      for (const change of this.#registrations.next()) {
        this.#send(change);
      }
    }
  }

  #send({ key, type }: Change): void {
    const { trId, trKey } = topicOf(key);
    this.#socket?.send(
      JSON.stringify({
        header: {
          approval_key: this.#approval,
          custtype: "P",
          tr_type: type === "add" ? "1" : "2",
          "content-type": "utf-8",
        },
        body: { input: { tr_id: trId, tr_key: trKey } },
      }),
    );
  }

  #take(frame: KisFrame, text: string): void {
    switch (frame.kind) {
      case "heartbeat":
        this.#socket?.send(text);
        return;
      case "answer":
        this.#answered(frame);
        return;
      case "records":
        this.#read(frame);
        return;
      case "refused":
        this.#refused.refuse(frame.why);
    }
  }

  #answered({ key: named, code, isServed }: Extract<KisFrame, { kind: "answer" }>): void {
    const denied = DENIED.get(code);
    if (denied !== undefined) {
      this.end(denied, `${code}: ${REMEDIES[denied]}`);
      return;
    }
    if (BAD_APPROVAL.has(code)) {
      void this.#forgetApproval(code);
      return;
    }
    const key = this.#registrations.keyOf((one) => topicOf(one).trKey === named);
    if (key === null || !this.#registrations.answered(key, code, isServed)) {
      this.#refused.refuse("an answer to nothing that was sent");
      return;
    }
    if (!isServed) {
      this.#refused.refuse(`a registration with ${code}`);
    }
    this.#onEvent({ kind: "followed", keys: this.#registrations.followed() });
    this.#register();
  }

  async #forgetApproval(code: string): Promise<void> {
    try {
      await this.#approvals.forget();
    } catch (error) {
      // The next connection is refused with it, and forgets it then.
      logFailure(this.#surroundings.log, "kis_approval_not_forgotten", error);
    } finally {
      this.end(null, `${code}: the key of the socket is none any more, and another one is asked for`);
    }
  }

  #read({ trId, records, width }: Extract<KisFrame, { kind: "records" }>): void {
    const { clock, log } = this.#surroundings;
    if (trId !== TRADES && trId !== INDICES) {
      this.#refused.refuse("records of a kind that was not registered");
      return;
    }
    if (trId === TRADES && width !== this.#width) {
      this.#width = width;
      log.write("info", "kis_record_width", { width, market: records[0]?.[46] ?? null });
    }
    const today = tradingDayAt(clock.now());
    const ticks: Tick[] = [];
    for (const record of records) {
      const tick = trId === TRADES ? readTrade(record) : readIndex(record, today);
      if (tick === null) {
        this.#refused.refuse("a record that cannot be read");
      } else if (!this.#registrations.isWanted(tick.key)) {
        this.#refused.refuse("a record of what is not registered");
      } else {
        ticks.push(tick);
      }
    }
    if (ticks.length > 0) {
      this.#onEvent({ kind: "ticks", ticks });
    }
  }
}

const REMEDIES: Readonly<Record<Denial, string>> = {
  bad_key:
    "the key is not valid for the socket. Set KIS_APP_KEY and KIS_APP_SECRET to a pair of the vendor's portal",
  key_in_use:
    "another program follows prices with this key, and the vendor grants one. End it, or give each a key of its own",
  service_not_approved: "the key has no right to the socket. Ask for it on the vendor's portal",
  address_not_allowed: "the vendor does not let this address in",
  quota: "the calls of today are spent",
  blocked: "the vendor blocks this address. It is asked again after a day",
};
