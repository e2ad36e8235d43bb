/** What is wrong with the state folder while the server runs: the Worker's 503 cannot name a full disk or a damaged file, this can. */
import { randomUUID } from "node:crypto";
import { encodeProblem, PROBLEM_MEDIA_TYPE, PROBLEMS } from "../../protocol/rest/problem.ts";
import type { Refused } from "./front-rules.ts";
import { describeFullDisk, isDiskFull } from "./state-disk.ts";
import { type DamagedFile, damagedFiles, describeDamage } from "./state-files.ts";

/** Reading every page of the files takes the front a second. */
const LOOK_MS = 60_000;

export class StateReport {
  readonly #state: string;
  readonly #print: (line: string) => void;
  #found: readonly DamagedFile[] = [];
  #looked = -Infinity;

  constructor(state: string, print: (line: string) => void) {
    this.#state = state;
    this.#print = print;
  }

  /** Before anything is started: the headers only. */
  lookBriefly(): void {
    this.#keep(damagedFiles(this.#state, false));
  }

  /** Health failed. Looks at most once a minute. */
  look(): void {
    const now = performance.now();
    if (now - this.#looked > LOOK_MS) {
      this.#looked = now;
      this.#keep(damagedFiles(this.#state, true));
    }
  }

  #keep(found: readonly DamagedFile[]): void {
    const known = new Set(this.#found.map(({ path }) => path));
    this.#found = found;
    for (const file of found.filter(({ path }) => !known.has(path))) {
      this.#print(describeDamage(file));
    }
  }

  has(neighbour?: DamagedFile["neighbour"]): boolean {
    return this.#found.some((file) => neighbour === undefined || file.neighbour === neighbour);
  }

  /** An answer to an API path instead of a 503 without its cause; `null` when the folder is sound. A scan's own has the run's id. */
  explain(path: string): Refused | null {
    const texts = this.#found.map(describeDamage);
    if (isDiskFull(this.#state)) {
      texts.unshift(describeFullDisk(this.#state));
    }
    if (texts.length === 0 || !/^\/api\/(?!kr\/scan)/.test(path)) {
      return null;
    }
    const facts = { detail: texts.join(" "), neighbour: this.#found[0]?.neighbour ?? "D1" };
    return {
      status: PROBLEMS.unavailable.status,
      text: JSON.stringify(encodeProblem("unavailable", facts, randomUUID())),
      headers: { "Content-Type": PROBLEM_MEDIA_TYPE, "Retry-After": "5" },
    };
  }
}
