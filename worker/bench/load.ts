/**
 * `npm run load`: what a socket costs the server under prices that all move four times a second, beside a bare object that
 * loops `send` with the same bytes and beside `partyserver`. Each run has a new plain workerd; the targets take turns, so that
 * a busy machine slows all alike. With `--one-by-one` the highest rate at which the other two hold one frame an update,
 * which is what ticks are for. Stops by itself.
 */
import { parseArgs } from "node:util";
import { machineLine } from "../testing/load/process-figures.ts";
import { median, slope } from "../testing/load/quantile.ts";
import { WireServer } from "../testing/load/wire-server.ts";
import { type LoadFigures, runLoad, type Target } from "./load-run.ts";

const { values } = parseArgs({
  options: {
    sockets: { type: "string", default: "1000" },
    topics: { type: "string", default: "50" },
    hz: { type: "string", default: "4" },
    seconds: { type: "string", default: "60" },
    runs: { type: "string", default: "5" },
    gateways: { type: "string", default: "1" },
    targets: { type: "string", default: "gateway,bare,party" },
    "one-by-one": { type: "boolean", default: false },
  },
});

const TARGETS: Readonly<Record<Target, string>> = {
  gateway: "the gateway, with acks",
  bare: "bare object, send in a loop",
  party: "partyserver, broadcast",
};

function isTarget(name: string): name is Target {
  return Object.hasOwn(TARGETS, name);
}

const COLUMNS: readonly (readonly [head: string, of: (figures: LoadFigures) => number, digits: number])[] = [
  ["frames/s", ({ framesASecond }) => framesASecond, 0],
  ["frames/CPU s", ({ framesACpuSecond }) => framesACpuSecond, 0],
  ["us/frame", ({ microsAFrame }) => microsAFrame, 1],
  ["p50 ms", ({ p50 }) => p50, 0],
  ["p99 ms", ({ p99 }) => p99, 0],
  ["complete", ({ complete }) => complete, 3],
  ["RSS MiB", ({ mebibytes }) => mebibytes, 0],
  ["connects/s", ({ connectsASecond }) => connectsASecond, 0],
];

function lineOf(name: string, runs: readonly LoadFigures[]): string {
  const cells = COLUMNS.map(([, of, digits]) => median(runs.map(of)).toFixed(digits).padStart(13));
  return [name.padEnd(30), ...cells].join("");
}

async function oneRun(target: Target): Promise<LoadFigures> {
  const server = await WireServer.start();
  const memory: [second: number, mebibytes: number][] = [];
  try {
    const seconds = Number(values.seconds);
    const figures = await runLoad(server, {
      target,
      sockets: Number(values.sockets),
      topics: Number(values.topics),
      hz: Number(values.hz),
      gateways: Number(values.gateways),
      seconds,
      watch: (second, mebibytes) => memory.push([second, mebibytes]),
    });
    // The first half warms up; a leak goes on.
    const late = memory.filter(([second]) => second >= seconds / 2);
    console.log(
      `${lineOf(target, [figures])}  RSS ${(slope(late) * 60).toFixed(2)} MiB/min in the second half`,
    );
    return figures;
  } finally {
    await server.end();
  }
}

/** Rates to try with one frame an update, falling. A rate is held when every tick was made, complete, and there in time. */
const RATES = [4, 2, 1, 0.5, 0.25] as const;
const COMPLETE = 0.999;

async function oneByOne(target: Target): Promise<void> {
  const [sockets, topics] = [Number(values.sockets), Number(values.topics)];
  for (const hz of RATES) {
    const server = await WireServer.start();
    try {
      const seconds = Math.max(Number(values.seconds), 8 / hz);
      const figures = await runLoad(server, {
        target,
        sockets,
        topics,
        hz,
        gateways: 1,
        seconds,
        isSplit: true,
      });
      const { onPace, complete, p99, framesASecond, microsAFrame } = figures;
      const isHeld = onPace >= COMPLETE && complete >= COMPLETE && p99 <= 1_000 / hz;
      console.log(
        `${TARGETS[target]}, one frame an update, ${hz} Hz: ${framesASecond.toFixed(0)} updates/s, ${microsAFrame.toFixed(1)} us each, p99 ${p99.toFixed(0)} ms, ${(onPace * 100).toFixed(0)} % of the ticks on time: ${isHeld ? "held" : "not held"}`,
      );
      if (isHeld) {
        return;
      }
    } finally {
      await server.end();
    }
  }
}

async function main(): Promise<void> {
  const targets = values.targets.split(",").filter(isTarget);
  console.log(
    `${values.sockets} sockets x ${values.topics} prices at ${values.hz} Hz, ${values.seconds} s a run`,
  );
  console.log(machineLine());
  if (values["one-by-one"]) {
    for (const target of targets.filter((name) => name !== "gateway")) {
      await oneByOne(target);
    }
    return;
  }
  console.log([" ".repeat(30), ...COLUMNS.map(([head]) => head.padStart(13))].join(""));
  const all = new Map<Target, LoadFigures[]>(targets.map((target) => [target, []]));
  for (let run = 0; run < Number(values.runs); run++) {
    for (const [target, figures] of all) {
      figures.push(await oneRun(target));
    }
  }
  console.log(`median of ${values.runs}, ${machineLine()}`);
  for (const [target, figures] of all) {
    console.log(lineOf(TARGETS[target], figures));
  }
  const [ours, bare] = [all.get("gateway"), all.get("bare")].map((figures) =>
    median((figures ?? []).map(({ framesACpuSecond }) => framesACpuSecond)),
  );
  if (ours !== undefined && bare !== undefined && Number.isFinite(ours / bare)) {
    console.log(`gateway / bare: ${(ours / bare).toFixed(2)} of the frames a CPU second (goal 0.9)`);
  }
}

await main();
