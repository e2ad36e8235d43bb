/** A tour through everything that a deployment does, over REST and a socket: what failed, and how it was named. */
import * as v from "valibot";
import { decodeServer } from "../../protocol/messages/codec.ts";
import type { ServerMessage } from "../../protocol/messages/server-message.ts";
import { Problem } from "../../protocol/rest/problem.ts";
import { buildMarket } from "../builders/constructed-market.ts";
import type { RealWorker } from "../stage/real-worker.ts";
import { waitUntil } from "../stage/wait-until.ts";

const PAST_MS = 120_000;
const MESSAGE_MS = 15_000;
const STREAM = "signal:vcp";

/** One step that did not do what it does with one version. */
export interface TourFailure {
  readonly step: string;
  /** The answer's own words, or what was missing. */
  readonly what: string;
  /** The failure names the neighbour, so that a reader knows what to do. */
  readonly isNamed: boolean;
}

export class Tour {
  readonly failures: TourFailure[] = [];
  readonly #worker: RealWorker;
  readonly #messages: ServerMessage[] = [];
  /** The last answer of `/api/health`. */
  #health = "";
  /** The last command. */
  #hasFailed = false;

  constructor(worker: RealWorker) {
    this.#worker = worker;
  }

  /** Ends with the demo active, whatever failed. */
  async go(): Promise<void> {
    await this.#step("the demo's past", async () => {
      await waitUntil(async () => (await this.#feedState()) === "live", "the feed is live", PAST_MS).catch(
        () => {
          throw new NamedFailure(this.#health);
        },
      );
    });
    const socket = await this.#listen();
    await this.#ask("GET", "/api/kr/signals");
    await this.#ask("GET", "/api/kr/market-gate");
    await this.#ask("GET", "/api/kr/runs");
    await this.#ask("GET", "/api/kr/scan/status");
    await this.#ask("GET", "/api/kr/indices");
    await this.#ask("GET", "/api/kr/performance");
    await this.#ask("GET", "/api/kr/calendar");
    await this.#ask("GET", "/ws/stats");
    await this.#ask("GET", "/api/kr/stocks/D00010");
    await this.#ask("GET", "/api/kr/stocks/D00010/chart");
    await this.#ask("POST", "/api/admin/demo", { advance: "tick" });
    await this.#comes("a price after a tick", "price_update");
    await this.#ask("POST", "/api/admin/demo", { advance: "session" });
    await this.#comes("the signals of a session", "signal_update");
    await this.#comes("the gate of a session", "market_gate_update");
    await this.#comes("the stages of a scan", "scan_update");
    await this.#market();
    await this.#ask("POST", "/api/kr/scan?exchange=KRX", {});
    await this.#ask("GET", "/api/admin/bars?exchange=KRX&after=");
    await this.#ask("PUT", "/api/admin/exchange", { exchange: "KRX" });
    await this.#comes("the reset of a switch", "reset");
    await this.#ask("GET", "/api/kr/signals");
    await this.#ask("PUT", "/api/admin/exchange", { exchange: "DEMO" });
    await this.#ask("GET", "/api/health");
    socket?.close();
  }

  async #listen(): Promise<WebSocket | null> {
    const topics = [STREAM, "market_gate", "index:KOSPI", "scan", "feed", "price:D00010"].join(",");
    const socket = new WebSocket(`${this.#worker.url.replace("http", "ws")}/ws?subscribe=${topics}`);
    socket.addEventListener("message", ({ data }) => {
      this.#messages.push(...(decodeServer(String(data))?.messages ?? []));
    });
    await this.#comes("the greeting of a socket", "connected");
    await this.#comes("the answer to a subscription", "subscribed");
    return socket;
  }

  /** Waits for a message of the type since the last command, unless that one failed. */
  async #comes(step: string, type: ServerMessage["type"]): Promise<void> {
    if (this.#hasFailed) {
      return;
    }
    const has = async (): Promise<boolean> => this.#messages.some((message) => message.type === type);
    await this.#step(step, async () => waitUntil(has, type, MESSAGE_MS));
  }

  async #market(): Promise<void> {
    const { bars, instruments, indices } = buildMarket(undefined, 12);
    const csv = { "Content-Type": "text/csv" };
    for (const [route, body] of Object.entries({ instruments, indices, bars })) {
      await this.#ask("POST", `/api/admin/${route}?exchange=KRX`, body, csv);
    }
  }

  async #ask(method: string, path: string, body?: object | string, headers = {}): Promise<void> {
    await this.#step(`${method} ${path}`, async () => {
      if (method !== "GET") {
        this.#messages.length = 0;
        this.#hasFailed = false;
      }
      const text = typeof body === "object" ? JSON.stringify(body) : body;
      const response = await fetch(`${this.#worker.url}${path}`, {
        method,
        headers: {
          Authorization: `Bearer ${this.#worker.ownerToken}`,
          "Content-Type": "application/json",
          ...headers,
        },
        ...(text !== undefined && { body: text }),
      });
      const answer = await response.text();
      if (response.status >= 500) {
        throw new NamedFailure(answer);
      }
      if (!response.ok) {
        throw new Error(`${response.status} ${answer.slice(0, 200)}`);
      }
    });
  }

  async #feedState(): Promise<string> {
    const answer = await fetch(`${this.#worker.url}/api/health`);
    const Health = v.object({ feed: v.nullable(v.object({ state: v.string() })) });
    this.#health = await answer.text();
    const health = v.safeParse(v.pipe(v.string(), v.parseJson(), Health), this.#health);
    return health.success ? (health.output.feed?.state ?? "none") : "unavailable";
  }

  async #step(step: string, act: () => Promise<void>): Promise<void> {
    try {
      await act();
    } catch (error) {
      this.#hasFailed = true;
      const what = error instanceof Error ? error.message : String(error);
      this.failures.push({ step, what, isNamed: error instanceof NamedFailure && error.isNamed });
    }
  }
}

/** An answer of the Worker itself. */
class NamedFailure extends Error {
  readonly isNamed: boolean;

  constructor(answer: string) {
    const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), Problem), answer);
    super(
      parsed.success ? `${parsed.output.neighbour ?? ""}: ${parsed.output.detail}` : answer.slice(0, 300),
    );
    this.isNamed = parsed.success && parsed.output.neighbour !== undefined;
  }
}
