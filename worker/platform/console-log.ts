/** The {@link Log} of a deployment: one line of JSON on the console, which the platform keeps (`[observability]` in wrangler.toml). */
import type { Log } from "../app/ports/log.ts";

export const consoleLog: Log = {
  write(level, event, fields = {}) {
    // oxlint-disable-next-line no-console -- the one place where the program writes its log
    console[level](JSON.stringify({ level, event, ...fields }));
  },
};
