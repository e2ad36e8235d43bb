/**
 * Answers that were asked for ahead: few, young, and of one state of the market. A page that needs one gets it at once, or joins
 * the request that is under way.
 */

/** Answers of one kind, each under a key. */
export interface KeptAnswers<T> {
  /** Answers of another tag are dropped, and requests for them aborted: a scan or a switch has made them old. */
  of(tag: string): void;
  /** `null` where nothing young enough is kept. */
  get(key: string): T | null;
  /** Joins a request ahead, else asks; what comes is kept. @throws what asking throws. */
  load(key: string, abort: AbortSignal): Promise<T>;
  /** Asks where nothing is kept or under way. Never rejects: who needs the answer asks again and shows the failure. */
  ahead(key: string): void;
  /** Aborts the requests ahead for other keys. */
  narrow(keys: readonly string[]): void;
}

interface Options {
  /** Of answers kept; the one unused for longest leaves. */
  readonly most: number;
  /** How long an answer is young. */
  readonly freshMs: number;
  /** Milliseconds, monotonic. */
  readonly now: () => number;
}

interface Kept<T> {
  readonly value: T;
  readonly at: number;
}

interface Pending<T> {
  readonly answer: Promise<T>;
  readonly abort: AbortController;
  /** Pages that wait for it: with one it is no longer only ahead. */
  waiting: number;
}

/** A few young values; the one unused for longest leaves. */
function makeYoung<T>({ most, freshMs, now }: Options): {
  readonly keep: (key: string, value: T) => void;
  readonly get: (key: string) => T | null;
  readonly clear: () => void;
} {
  const kept = new Map<string, Kept<T>>();
  return {
    keep: (key, value) => {
      kept.delete(key);
      kept.set(key, { value, at: now() });
      const [oldest] = kept.keys();
      if (kept.size > most && oldest !== undefined) {
        kept.delete(oldest);
      }
    },
    get: (key) => {
      const found = kept.get(key);
      kept.delete(key);
      if (found === undefined || now() - found.at > freshMs) {
        return null;
      }
      // The latest used is last; its age stays.
      kept.set(key, found);
      return found.value;
    },
    clear: () => {
      kept.clear();
    },
  };
}

/** Requests ahead that are under way. */
function makePending<T>(): {
  readonly of: Map<string, Pending<T>>;
  /** Of those that nobody waits for. */
  readonly drop: (isDropped: (key: string) => boolean) => void;
  readonly join: (key: string, one: Pending<T>, abort: AbortSignal) => Promise<T>;
} {
  const of = new Map<string, Pending<T>>();
  return {
    of,
    drop: (isDropped) => {
      for (const [key, one] of of) {
        if (one.waiting === 0 && isDropped(key)) {
          of.delete(key);
          one.abort.abort();
        }
      }
    },
    join: async (key, one, abort) => {
      one.waiting += 1;
      abort.addEventListener("abort", () => {
        one.waiting -= 1;
        if (one.waiting === 0) {
          // At once: a page that reloads asks before the request has failed.
          if (of.get(key) === one) {
            of.delete(key);
          }
          one.abort.abort();
        }
      });
      return one.answer;
    },
  };
}

/** `ask` must give up when its signal aborts. */
export function makeKeptAnswers<T>(
  ask: (key: string, abort: AbortSignal) => Promise<T>,
  options: Options,
): KeptAnswers<T> {
  const kept = makeYoung<T>(options);
  const pending = makePending<T>();
  let tag = "";

  async function askAndKeep(key: string, abort: AbortSignal): Promise<T> {
    const asked = tag;
    const value = await ask(key, abort);
    if (asked === tag) {
      kept.keep(key, value);
    }
    return value;
  }
  return {
    of: (next) => {
      if (next !== tag) {
        tag = next;
        kept.clear();
        pending.drop(() => true);
        // What a page still waits for is of the tag before: the page gets it, nobody else does.
        pending.of.clear();
      }
    },
    get: kept.get,
    load: async (key, abort) => {
      const underway = pending.of.get(key);
      return underway === undefined ? askAndKeep(key, abort) : pending.join(key, underway, abort);
    },
    ahead: (key) => {
      if (kept.get(key) !== null || pending.of.has(key)) {
        return;
      }
      const abort = new AbortController();
      const one = { answer: askAndKeep(key, abort.signal), abort, waiting: 0 };
      pending.of.set(key, one);
      const settle = (): void => {
        if (pending.of.get(key) === one) {
          pending.of.delete(key);
        }
      };
      // Ahead of any need a failure harms nothing: the page that needs the answer asks again, and shows what fails then.
      one.answer.then(settle, settle);
    },
    narrow: (keys) => {
      pending.drop((key) => !keys.includes(key));
    },
  };
}

/** Enough for a signal, its neighbours, and the way back over a few of them. */
const USUAL = { most: 12, freshMs: 300_000, now: () => performance.now() };

/** One for all pages: the place of the list and that of the signal share it. */
export function keptAnswers<T>(ask: (key: string, abort: AbortSignal) => Promise<T>): KeptAnswers<T> {
  return makeKeptAnswers(ask, USUAL);
}
