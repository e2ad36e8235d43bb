/** What a command survived, as lines on stderr: a log of cron has them beside the last line, and a pipe of stdout has not. */
import type { Log } from "../../app/ports/log.ts";

export const stderrLog: Log = {
  write(level, event, fields = {}) {
    if (level !== "info") {
      const facts = Object.entries(fields).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
      process.stderr.write(`${[level, event, ...facts].join(" ")}\n`);
    }
  },
};
