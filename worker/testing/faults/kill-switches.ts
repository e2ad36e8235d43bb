/** Kills within switches of the exchange, mostly in an await that a gate holds: ten seconds after each return all must agree. */
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { sendBars, sendIndices, sendMasters } from "../../cli/import/send-files.ts";
import { makeOwnerClient } from "../../cli/terminal/owner-client.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";
import { askOwner } from "../stage/ask-owner.ts";
import { bundleProduct, type PlainProduct, startPlain } from "../stage/plain-product.ts";
import { startWorker } from "../stage/real-worker.ts";
import { AwaitGate } from "./await-gate.ts";
import { differenceIn } from "./exchange-views.ts";
import type { ImportFiles } from "./kill-subject.ts";
import type { KillPlace } from "./killed-worker.ts";

const ENTRY = "worker/testing/stage/halting-worker.ts";
/** How soon everybody must agree. */
const AGREED_MS = 10_000;
const LOOK_MS = 100;
/** The past of the demo is made at its first start. */
const READY_MS = 180_000;
/** The calls of a switch: of the book to the store and to all who follow, and of each of them to the store, the book and the feed. */
const OF_A_SWITCH = /^(?:settings|switch|book of|feed of|publisher)[ .]/;
/** Shares of the kills: at a random moment, with a second switch on its way, with a scan of the new exchange beside it. */
const AT_RANDOM = 0.1;
const OVERLAPPED = 0.25;
const SCANNED = 0.25;
/** The second of two switches begins within this time. */
const OVERLAP_MS = 60;

/** Where a kill fell, and what came of it. */
export interface SwitchKill extends KillPlace {
  /** Milliseconds from the restart until everybody agreed; `null`: not within ten seconds. */
  readonly agreedMs: number | null;
}

export class SwitchKills {
  readonly broken: string[] = [];
  readonly #gate: AwaitGate;
  readonly #again: () => Promise<PlainProduct>;
  #worker: PlainProduct | null = null;
  #active: Exchange = "DEMO";
  /** Of a switch that was not disturbed: its awaits and its length. */
  #awaits = 1;
  #lengthMs = 100;

  private constructor(gate: AwaitGate, again: () => Promise<PlainProduct>) {
    this.#gate = gate;
    this.#again = again;
  }

  /** `isPlain`: on a plain workerd with a database of the tests' own, which starts ten times as fast as the dev server with D1. */
  static async start(folder: string, port: number, isPlain: boolean): Promise<SwitchKills> {
    const gate = await AwaitGate.open();
    const vars = { GATE_URL: gate.url, DEMO_SESSION_S: "86400" };
    const stateDir = join(folder, "state");
    let isMigrated = false;
    const dev = async (): Promise<PlainProduct> => {
      const worker = await startWorker({ stateDir, port, entry: ENTRY, isMigrated, vars });
      isMigrated = true;
      return worker;
    };
    if (isPlain) {
      await bundleProduct(folder);
    }
    const kills = new SwitchKills(gate, isPlain ? async () => startPlain(folder, port, vars) : dev);
    kills.#worker = await kills.#again();
    return kills;
  }

  async end(): Promise<void> {
    await this.#worker?.stop();
    this.#worker = null;
    this.#gate.close();
  }

  /** Resolves when both exchanges have signals. */
  async begin({ bars, instruments, indices }: ImportFiles): Promise<string> {
    const { url, ownerToken } = this.#running;
    const client = makeOwnerClient({ url: new URL(url), token: ownerToken });
    if (instruments !== null) {
      await sendMasters(client, "KRX", [instruments]);
    }
    if (indices !== null) {
      await sendIndices(client, "KRX", [indices]);
    }
    await sendBars(client, "KRX", [bars], () => undefined);
    await this.#scan("KRX");
    const demo = await this.#agree(READY_MS);
    return `the demo stands after ${Math.round(demo ?? 0)} ms; a switch: ${await this.measure()}`;
  }

  /** A switch that is not disturbed, to know its awaits and its length. */
  async measure(): Promise<string> {
    this.#gate.takePassed();
    const began = performance.now();
    await this.#switchTo(other(this.#active));
    this.#lengthMs = performance.now() - began;
    const passed = this.#gate.takePassed().filter((place) => OF_A_SWITCH.test(place));
    this.#awaits = Math.max(1, passed.length);
    await this.#findActive();
    return `${Math.round(this.#lengthMs)} ms and ${this.#awaits} awaits`;
  }

  async kill(random: () => number): Promise<SwitchKill> {
    const isAtRandom = random() < AT_RANDOM;
    const to = other(this.#active);
    const isDone = { value: false };
    this.#gate.takePassed();
    const held = isAtRandom ? null : this.#gate.holdAfter(Math.floor(random() * this.#awaits), OF_A_SWITCH);
    const switches = [
      this.#switchTo(to),
      ...(random() < OVERLAPPED ? [this.#switchLater(this.#active, random() * OVERLAP_MS)] : []),
    ];
    const scans = random() < SCANNED ? [this.#scan(to)] : [];
    const running = Promise.allSettled(switches).finally(() => {
      isDone.value = true;
    });
    const scanning = Promise.allSettled(scans);
    const began = performance.now();
    const reached = await Promise.race([
      held ?? sleep(random() * this.#lengthMs).then(() => ""),
      running.then(() => ""),
    ]);
    const isInside = !isDone.value;
    const at = reached === "" ? `${Math.round(performance.now() - began)} ms` : reached;
    await this.#running.kill();
    this.#gate.release();
    await Promise.all([running, scanning]);
    this.#worker = await this.#again();
    const agreedMs = await this.#agree(AGREED_MS);
    if (agreedMs === null) {
      this.broken.push(`killed at ${at}: ${await this.#difference()}`);
    }
    await this.#findActive();
    return { moment: isAtRandom ? "random" : "await", isInside, at, agreedMs };
  }

  get #running(): PlainProduct {
    if (this.#worker === null) {
      throw new Error("The Worker is not running");
    }
    return this.#worker;
  }

  async #switchTo(exchange: Exchange): Promise<string> {
    await askOwner(this.#running, "PUT", "/api/admin/exchange", JSON.stringify({ exchange }));
    return exchange;
  }

  async #switchLater(exchange: Exchange, ms: number): Promise<string> {
    await sleep(ms);
    return this.#switchTo(exchange);
  }

  async #scan(exchange: Exchange): Promise<string> {
    await askOwner(this.#running, "POST", `/api/kr/scan?exchange=${exchange}`, "{}");
    return "scanned";
  }

  /** Which exchange the store records after the death. */
  async #findActive(): Promise<void> {
    const { url, ownerToken } = this.#running;
    const headers = { authorization: `Bearer ${ownerToken}` };
    const response = await fetch(`${url}/api/admin/exchange`, { headers });
    this.#active = (await response.text()).includes('"KRX"') ? "KRX" : "DEMO";
  }

  async #agree(withinMs: number): Promise<number | null> {
    const from = performance.now();
    while (performance.now() - from < withinMs) {
      if ((await this.#difference()) === "") {
        return performance.now() - from;
      }
      await sleep(LOOK_MS);
    }
    return null;
  }

  async #difference(): Promise<string> {
    return differenceIn(this.#running.url).catch((error: unknown) => String(error));
  }
}

function other(exchange: Exchange): Exchange {
  return exchange === "KRX" ? "DEMO" : "KRX";
}
