/**
 * The process that `npm start` runs the Worker in: the platform's dev server by its programmatic interface. Its command line opens
 * two debugger ports beside the Worker's, and a debugger reads the owner's token (decision 029).
 */
import { join } from "node:path";
import * as v from "valibot";
import { unstable_startWorker } from "wrangler";
import { projectRoot } from "../terminal/project-root.ts";
import { sendToPublic } from "./public-outbound.ts";

/** In `RADAR_RUN`, as JSON: the arguments of a process are readable for every user of the machine. */
const RunOptions = v.object({
  /** The process that started this one. */
  parent: v.number(),
  port: v.number(),
  state: v.string(),
  vars: v.record(v.string(), v.string()),
});
export type RunOptions = v.InferOutput<typeof RunOptions>;

const PARENT_MS = 500;
/** How long the dev server may take to end. */
const GRACE_MS = 5_000;

const { parent, port, state, vars } = v.parse(
  v.pipe(v.string(), v.parseJson(), RunOptions),
  process.env["RADAR_RUN"],
);

// A front that was killed ends nobody, and a Worker behind no port would write its folder for ever.
const orphaned = setInterval(() => {
  if (process.ppid !== parent) {
    clearInterval(orphaned);
    setTimeout(() => process.kill(0, "SIGKILL"), GRACE_MS);
    process.once("SIGTERM", () => undefined);
    process.kill(0, "SIGTERM");
  }
}, PARENT_MS);

const worker = await unstable_startWorker({
  config: join(projectRoot, "wrangler.toml"),
  bindings: {
    ...Object.fromEntries(
      Object.entries(vars).map(([name, value]) => [name, { type: "plain_text", value } as const]),
    ),
    PUBLIC_OUTBOUND: { type: "fetcher", fetcher: (request: Request) => sendToPublic(request) },
  },
  dev: {
    server: { hostname: "127.0.0.1", port },
    inspector: false,
    persist: state,
    // A line a request would fill the disk with the questions of `npm start` itself.
    logLevel: "warn",
    structuredLogsHandler: ({ message }: { readonly message: string }) => {
      process.stdout.write(`${message}\n`);
    },
  },
});

process.once("SIGTERM", () => {
  void worker.dispose().finally(() => process.exit(0));
});
