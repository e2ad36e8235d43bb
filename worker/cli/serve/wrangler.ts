/** The platform's own command-line tool as this project calls it: from its own packages, without colours, questions and telemetry. */
import { join } from "node:path";
import { projectRoot } from "../terminal/project-root.ts";

export const WRANGLER = join(projectRoot, "node_modules", "wrangler", "bin", "wrangler.js");

export function quietEnv(): NodeJS.ProcessEnv {
  return {
    ...process.env,
    WRANGLER_SEND_METRICS: "false",
    CI: "1",
    NO_COLOR: "1",
    // The first shows the databases to whoever asks, the second keeps a growing record of requests that nobody reads.
    X_LOCAL_EXPLORER: "false",
    X_LOCAL_OBSERVABILITY: "false",
  };
}
