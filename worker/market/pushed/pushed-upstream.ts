/**
 * KW15: a vendor of live prices that a machine of the owner's reaches in this program's place: the driver of a session sees it as any other
 * (decision 054). What the machine sends is read by a schema, bounded, and of what was asked alone.
 */
import * as v from "valibot";
import type { Clock } from "../../app/ports/clock.ts";
import type {
  LiveKey,
  LiveMachine,
  LiveUpstream,
  QuotingBook,
  Tick,
  UpstreamEvent,
  UpstreamSession,
} from "../../app/ports/live-upstream.ts";
import type { Log } from "../../app/ports/log.ts";
import type { Answer, MarketQuote, SourceId } from "../../app/ports/market-sources.ts";
import type { Neighbour } from "../../app/ports/neighbour-error.ts";
import type { Ticker } from "../../core/nominal.ts";
import {
  type FeedRequest,
  LONGEST_PUSH,
  PUSH_CLOSE,
  PUSH_SILENT,
  PUSH_VERSION,
  PushedMessage,
} from "../../protocol/messages/pushed-prices.ts";
import type { MachineEnd, MachineListener, MachineSocket, PushedConnection } from "./machine-socket.ts";
import { MachineWatch } from "./machine-watch.ts";
import { PushedQuestions } from "./pushed-questions.ts";
import { tickIn } from "./pushed-values.ts";
import type { PushedSourceTable } from "./pushed-source-table.ts";

const NEIGHBOURS: Readonly<Record<SourceId, Neighbour>> = { krx: "KRX", kis: "KIS", kiwoom: "Kiwoom" };

export interface PushedUpstreamDeps {
  readonly clock: Clock;
  readonly log: Log;
  readonly table: PushedSourceTable;
  /** Resolves after so many milliseconds of real time. */
  wait(ms: number): Promise<void>;
  /** A machine has connected: a session that runs begins with it at once. */
  onAttach(): void;
}

type MessageOf<T extends PushedMessage["type"]> = Extract<PushedMessage, { type: T }>;

export class PushedUpstream implements LiveUpstream, QuotingBook {
  readonly #deps: PushedUpstreamDeps;
  #machine: MachineSocket | null = null;
  /** Sockets that were closed here: what is still on its way from there is nobody's. */
  readonly #closed = new WeakSet<MachineSocket>();
  #watch: MachineWatch | null = null;
  /** Of the program on the machine that greeted last. */
  #run: string | null = null;
  #connection: PushedConnection | null = null;
  readonly #questions: PushedQuestions;
  /** Of connections and questions. */
  #last = 0;
  /** What was refused of this machine so far: the first of each reason leaves a line. */
  #refused = new Set<string>();

  constructor(deps: PushedUpstreamDeps) {
    this.#deps = deps;
    this.#questions = new PushedQuestions(
      async (ms) => deps.wait(ms),
      () => this.neighbour,
    );
  }

  get id(): SourceId {
    return this.#deps.table.read()?.source ?? "kiwoom";
  }

  get neighbour(): Neighbour {
    return NEIGHBOURS[this.id];
  }

  /** 0 where no machine has come of late: then nothing moves the exchange. */
  get slots(): number {
    return this.#deps.table.slots(this.#deps.clock.now());
  }

  get machine(): LiveMachine | null {
    return this.#deps.table.machine(this.isPresent());
  }

  get credential(): string | null {
    return this.#run;
  }

  isPresent(): boolean {
    return this.#machine !== null;
  }

  /** A machine has connected. It counts from its first message, the greeting. */
  attach(socket: MachineSocket): MachineListener {
    return {
      onText: (text) => {
        this.#take(socket, text);
      },
      onEnd: () => {
        if (this.#machine === socket) {
          this.#detach("the machine that brings the prices is gone");
        }
      },
    };
  }

  open(onEvent: (event: UpstreamEvent) => void): UpstreamSession {
    this.#last += 1;
    const connection: PushedConnection = { number: this.#last, onEvent, wanted: new Set() };
    this.#connection = connection;
    const isCurrent = (): boolean => this.#connection === connection;
    if (this.#machine === null) {
      // Whoever opens has its session before any event.
      queueMicrotask(() => {
        if (isCurrent()) {
          this.#end("no machine brings the prices");
        }
      });
    }
    this.#send({ type: "open", connection: connection.number });
    return {
      want: (keys) => {
        if (isCurrent()) {
          this.#want(connection, keys);
        }
      },
      close: () => {
        if (isCurrent()) {
          this.#connection = null;
          this.#send({ type: "close", connection: connection.number });
        }
      },
    };
  }

  /** `null` while no machine is there. */
  async quotes(tickers: readonly Ticker[]): Promise<Answer<readonly MarketQuote[]> | null> {
    if (this.#machine === null) {
      return null;
    }
    this.#last += 1;
    const id = this.#last;
    const answered = this.#questions.open(id, tickers);
    this.#send({ type: "ask", id, names: [...tickers] });
    return answered;
  }

  #want(connection: PushedConnection, keys: readonly LiveKey[]): void {
    const names = new Set<string>(keys);
    const isSame = names.size === connection.wanted.size && keys.every((key) => connection.wanted.has(key));
    connection.wanted = names;
    // Every step of a session states its list.
    if (!isSame) {
      this.#send({ type: "want", connection: connection.number, names: [...names] });
    }
  }

  #send(request: FeedRequest): void {
    this.#machine?.send(JSON.stringify(request));
  }

  #take(socket: MachineSocket, text: string): void {
    if (this.#closed.has(socket)) {
      return;
    }
    const message =
      text.length > LONGEST_PUSH
        ? null
        : v.safeParse(v.pipe(v.string(), v.parseJson(), PushedMessage), text, { abortEarly: true });
    if (message?.success !== true) {
      this.#refuse("a message that cannot be read");
      this.#dismiss(socket, PUSH_CLOSE.bad);
      return;
    }
    if (message.output.type === "hello") {
      this.#greet(socket, message.output);
    } else if (this.#machine === socket) {
      this.#watch?.heard();
      this.#read(message.output);
    }
  }

  #greet(socket: MachineSocket, hello: MessageOf<"hello">): void {
    const { version, source, slots } = hello;
    const { clock, log, table } = this.#deps;
    if (version !== PUSH_VERSION) {
      this.#dismiss(socket, PUSH_CLOSE.version);
      return;
    }
    const before = this.#machine;
    if (before !== null && before !== socket) {
      log.write("warn", "machine_replaced", { source, why: PUSH_CLOSE.replaced.reason });
      this.#dismiss(before, PUSH_CLOSE.replaced);
    }
    this.#machine = socket;
    this.#run = hello.run ?? null;
    this.#watch = new MachineWatch(this.#deps);
    if (hello.alive === true) {
      void this.#watchOver(socket, this.#watch);
    }
    this.#refused = new Set();
    table.write({ source, slots, at: clock.now() });
    log.write("info", "machine_attached", { source, slots });
    this.#deps.onAttach();
  }

  async #watchOver(socket: MachineSocket, watch: MachineWatch): Promise<void> {
    const isOver = (): boolean => this.#watch !== watch || this.#machine !== socket;
    if (await watch.untilSilent((request) => this.#send(request), isOver)) {
      this.#dismiss(socket, PUSH_SILENT);
    }
  }

  #read(message: Exclude<PushedMessage, MessageOf<"hello">>): void {
    if (message.type === "alive") {
      return;
    }
    if (message.type === "quotes") {
      if (!this.#questions.answer(message.id, message.answer, this.#deps.clock.now())) {
        this.#refuse("an answer with prices that are none");
      }
      return;
    }
    const connection = this.#connection;
    if (connection?.number !== message.connection) {
      // Of a connection that is over.
      return;
    }
    connection.onEvent({ kind: "frame" });
    switch (message.type) {
      case "up":
        connection.onEvent({ kind: "up" });
        return;
      case "down":
        this.#connection = null;
        connection.onEvent({ kind: "down", denied: message.denied, detail: message.detail });
        return;
      case "followed": {
        const keys = message.names.filter((name): name is LiveKey => connection.wanted.has(name));
        connection.onEvent({ kind: "followed", keys });
        return;
      }
      case "ticks":
        this.#trade(connection, message);
        return;
      case "frame":
    }
  }

  #trade(connection: PushedConnection, message: MessageOf<"ticks">): void {
    const latest = this.#deps.clock.now();
    const ticks = message.ticks.flatMap((one): readonly Tick[] => {
      const tick = tickIn(one, latest);
      const isWanted = tick !== null && connection.wanted.has(tick.key);
      if (!isWanted) {
        this.#refuse(tick === null ? "a tick that is none" : "a tick of what was not asked for");
      }
      return isWanted ? [tick] : [];
    });
    if (ticks.length > 0) {
      connection.onEvent({ kind: "ticks", ticks });
    }
  }

  /** Gone at once: the end of a socket may never arrive, and one that was closed here throws at what is sent. */
  #dismiss(socket: MachineSocket, { code, reason }: MachineEnd): void {
    this.#closed.add(socket);
    if (this.#machine === socket) {
      this.#detach(reason);
    }
    socket.close(code, reason);
  }

  #detach(why: string): void {
    this.#machine = null;
    this.#deps.table.left(this.#deps.clock.now());
    this.#deps.log.write("info", "machine_detached", { why });
    this.#questions.failAll(why);
    this.#end(why);
  }

  #end(detail: string): void {
    const connection = this.#connection;
    this.#connection = null;
    connection?.onEvent({ kind: "down", denied: null, detail });
  }

  #refuse(why: string): void {
    if (!this.#refused.has(why)) {
      this.#refused.add(why);
      this.#deps.log.write("warn", "pushed_prices_refused", { why });
    }
  }
}
