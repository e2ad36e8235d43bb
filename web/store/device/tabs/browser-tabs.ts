/** For tests: tabs of one browser over one storage, each of which learns late, and in order, of what the others have written. */
import { notesOf } from "../../watch/notes.ts";
import { watchListsOf } from "../../watch/watch-lists.ts";
import { createDevice, type Device } from "../device.ts";
import { savedViewsOf } from "../saved-views.ts";

export interface Tab {
  readonly device: Device;
  /** Learns of the oldest write of another tab that it does not know yet; whether there was one. */
  hear(): boolean;
}

export interface Browser {
  /** What is stored. */
  readonly kept: Map<string, string>;
  /** The storage refuses whatever makes it larger. */
  isFull: boolean;
  /** The storage refuses all, also to be read. */
  isForbidden: boolean;
  open(): Tab;
}

type Listener = (event: { readonly key: string | null }) => void;

function refuse(): never {
  throw new DOMException("refused", "QuotaExceededError");
}

/** `listen` puts what a tab gives to `addEventListener` in its place, until it is called with `null`. */
export function makeBrowser(
  listen: (add: ((type: string, run: Listener) => void) | null) => void,
  entries: Readonly<Record<string, string>> = {},
): Browser {
  const tabs: { readonly runs: Listener[]; readonly late: string[] }[] = [];
  const browser: Browser = {
    kept: new Map(Object.entries(entries)),
    isFull: false,
    isForbidden: false,
    open: () => {
      const own: (typeof tabs)[number] = { runs: [], late: [] };
      tabs.push(own);
      listen((_, run) => void own.runs.push(run));
      const device = createDevice({
        getItem: (key) => (browser.isForbidden ? refuse() : (browser.kept.get(key) ?? null)),
        setItem: (key, value) => {
          const before = browser.kept.get(key)?.length ?? 0;
          if (browser.isForbidden || (browser.isFull && value.length > before)) {
            refuse();
          }
          browser.kept.set(key, value);
          tabs.filter((tab) => tab !== own).forEach(({ late }) => late.push(key));
        },
      });
      // Each of them listens from now on, as those of an open page do.
      void [watchListsOf(device), notesOf(device), savedViewsOf(device)];
      listen(null);
      return {
        device,
        hear: () => {
          const key = own.late.shift();
          if (key !== undefined) {
            own.runs.forEach((run) => {
              run({ key });
            });
          }
          return key !== undefined;
        },
      };
    },
  };
  return browser;
}
