/** The isolate of a Worker seen from outside: the debugger asks for collections, V8 prints what each found. */
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import * as v from "valibot";
import { projectRoot } from "../../cli/terminal/project-root.ts";
import { type Collection, total, TRACE_ENDING, Traces, V8_FLAGS } from "./gc-trace.ts";

const WORKERD = join(projectRoot, "node_modules/workerd/bin/workerd");
const CONTEXT_MS = 10_000;
const STEP_MS = 20;
/** Full collections that fill a block of the output. */
const FILLING = 4;

const Targets = v.tuple([v.object({ webSocketDebuggerUrl: v.string() })]);
const Reply = v.object({ id: v.number(), error: v.optional(v.object({ message: v.string() })) });
const Began = v.object({
  method: v.literal("Runtime.executionContextCreated"),
  params: v.object({ context: v.object({ id: v.number() }) }),
});

/** What a piece of work did to the isolate. Bytes, and milliseconds of its thread's CPU. */
export interface Footprint {
  /** The largest size that a collection found: everything reachable, and the garbage since the last one. */
  readonly peak: number;
  /** Of the peak, what stood outside the heap: array buffers. */
  readonly external: number;
  /** The largest size that a full collection left. */
  readonly kept: number;
  readonly collections: number;
  readonly cpuMs: number;
}

/** Writes into the folder an executable that is workerd itself, whose output goes into a file beside it, named by its process. */
export function tracingWorkerd(folder: string): string {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, "workerd.sh");
  writeFileSync(path, `#!/bin/sh\nexec "${WORKERD}" "$@" > "${folder}/$$${TRACE_ENDING}"\n`);
  chmodSync(path, 0o755);
  return path;
}

/** The variables by which wrangler runs such a workerd. */
export function tracingEnv(folder: string): Readonly<Record<string, string>> {
  return { MINIFLARE_WORKERD_PATH: tracingWorkerd(folder), MINIFLARE_WORKERD_V8_FLAGS: V8_FLAGS.join(" ") };
}

/** Nanoseconds that the first thread of a process has run; every isolate of workerd runs on it. */
function threadNanoseconds(pid: number): number {
  return Number(readFileSync(`/proc/${pid}/task/${pid}/schedstat`, "utf8").split(" ")[0]);
}

export class Isolate {
  readonly #socket: WebSocket;
  readonly #waiting = new Map<number, (reply: v.InferOutput<typeof Reply>) => void>();
  readonly #traces: Traces;
  #asked = 0;
  #context = 0;
  #pid = 0;
  #name = "";
  /** Of the time before the debugger was there. */
  #early: readonly Collection[] = [];

  private constructor(socket: WebSocket, traces: Traces) {
    this.#socket = socket;
    this.#traces = traces;
    socket.addEventListener("message", ({ data }) => {
      this.#read(v.parse(v.pipe(v.string(), v.parseJson()), data));
    });
  }

  /** `inspector`: the debugger's port; `folder`: that of {@link tracingWorkerd}. */
  static async attach(inspector: number, folder: string): Promise<Isolate> {
    const list = await (await fetch(`http://127.0.0.1:${inspector}/json`)).json();
    const [{ webSocketDebuggerUrl: url }] = v.parse(Targets, list);
    // Wrangler's debugger takes a socket with an origin of this machine only; the types know no such option.
    const options = { headers: { Origin: "http://localhost" } };
    const socket: WebSocket = Reflect.construct(WebSocket, [url, options]);
    await new Promise((resolve, reject) => {
      socket.addEventListener("open", resolve);
      socket.addEventListener("error", reject);
    });
    const isolate = new Isolate(socket, new Traces(folder));
    try {
      await isolate.#identify();
      return isolate;
    } catch (error) {
      isolate.detach();
      throw error;
    }
  }

  detach(): void {
    this.#socket.close();
  }

  /** What `work` did: from a full collection before it to another one after it. */
  async during(work: () => Promise<unknown>): Promise<Footprint> {
    await this.#collect();
    return this.#footprint(threadNanoseconds(this.#pid), work);
  }

  /** What happened since the process began, and what `work` does after it. */
  async sinceStart(work: () => Promise<unknown>): Promise<Footprint> {
    return this.#footprint(0, work);
  }

  async #footprint(from: number, work: () => Promise<unknown>): Promise<Footprint> {
    await work();
    const cpuMs = (threadNanoseconds(this.#pid) - from) / 1e6;
    const found = [...this.#early, ...(await this.#collect())];
    this.#early = [];
    const sizes = found.map(({ before }) => total(before));
    const peak = Math.max(...sizes);
    return {
      peak,
      external: found[sizes.indexOf(peak)]?.before.external ?? 0,
      kept: Math.max(...found.filter(({ isFull }) => isFull).map(({ after }) => total(after))),
      collections: found.length,
      cpuMs,
    };
  }

  /** Several isolates share the process; this one is who collects when its debugger asks. */
  async #identify(): Promise<void> {
    await this.#ask("Runtime.enable", {});
    const until = Date.now() + CONTEXT_MS;
    while (this.#context === 0 && Date.now() < until) {
      await sleep(STEP_MS);
    }
    const before = this.#traces.read();
    const found = await this.#forced();
    const full = found.filter(({ isFull }) => isFull);
    const times = (name: string): number => full.filter(({ isolate }) => isolate === name).length;
    const [own] = full.toSorted((a, b) => times(b.isolate) - times(a.isolate));
    if (own === undefined) {
      throw new Error("V8 printed nothing of a collection");
    }
    this.#pid = own.pid;
    this.#name = own.isolate;
    this.#early = [...before, ...found].filter(({ isolate }) => isolate === own.isolate);
  }

  /** The collections of this isolate since the last call, with a full one at the end. */
  async #collect(): Promise<readonly Collection[]> {
    return (await this.#forced()).filter(({ isolate }) => isolate === this.#name);
  }

  /** The output is buffered in blocks of 4 KiB, which the last collections fill: the ones before them are read for certain. */
  async #forced(): Promise<readonly Collection[]> {
    for (let n = 0; n < FILLING; n++) {
      await this.#ask("Runtime.evaluate", { expression: "gc()", contextId: this.#context });
    }
    return this.#traces.read();
  }

  #read(message: unknown): void {
    const reply = v.safeParse(Reply, message);
    if (reply.success) {
      this.#waiting.get(reply.output.id)?.(reply.output);
      this.#waiting.delete(reply.output.id);
    } else if (v.is(Began, message)) {
      this.#context = message.params.context.id;
    }
  }

  async #ask(method: string, params: object): Promise<void> {
    this.#asked += 1;
    const id = this.#asked;
    const { error } = await new Promise<v.InferOutput<typeof Reply>>((resolve) => {
      this.#waiting.set(id, resolve);
      this.#socket.send(JSON.stringify({ id, method, params }));
    });
    if (error !== undefined) {
      throw new Error(`${method}: ${error.message}`);
    }
  }
}
