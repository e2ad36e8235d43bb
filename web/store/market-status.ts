/** How the days of the market come in, and how far its past is; both ask again by themselves while the page is looked at. */
import { createSignal, onCleanup } from "solid-js";
import type { BackfillFacts } from "../../worker/protocol/rest/backfill.ts";
import { MarketStatusBody } from "../../worker/protocol/rest/market-status.ts";
import { ScanStatus } from "../../worker/protocol/rest/scan-run.ts";
import { fetchJson } from "./fetch-json.ts";
import { createLoading, createRemote, type Loading, type Remote } from "./remote.ts";

/** A date of the past takes about a second. */
const TICK_MS = 4_000;
/** Of the status in so many ticks one is enough where no past is fetched. */
const QUIET_TICKS = 4;

function isVisible(): boolean {
  return document.visibilityState === "visible";
}

/** Loads again every {@link TICK_MS} while the page is visible, and at once when it becomes so. Ends with its owner. */
function whileVisible({ reload }: Pick<Loading, "reload">, isDue: (tick: number) => boolean): void {
  let tick = 0;
  const timer = setInterval(() => {
    tick += 1;
    if (isVisible() && isDue(tick)) {
      void reload();
    }
  }, TICK_MS);
  const onChange = (): void => {
    if (isVisible()) {
      void reload();
    }
  };
  document.addEventListener("visibilitychange", onChange);
  onCleanup(() => {
    clearInterval(timer);
    document.removeEventListener("visibilitychange", onChange);
  });
}

export function createMarketStatus(): Remote<MarketStatusBody> {
  const remote = createRemote(async (abort) => fetchJson("/api/kr/status", MarketStatusBody, abort));
  whileVisible(remote, (tick) => remote.value()?.backfill.status === "running" || tick % QUIET_TICKS === 0);
  return remote;
}

/** The past that the pages wait for: the exchange's own, or on the demo that of the market that comes. */
function pastOf({ backfill, coming }: ScanStatus): BackfillFacts | null {
  return backfill ?? coming?.backfill ?? null;
}

/**
 * The past while it is fetched or waits, from what the page knows of it; `null` once it is there, which `onEnd` gets as well. By
 * itself and not by the scan's store, whose reloads every panel shows.
 */
export function createBackfill(known: BackfillFacts, onEnd: () => void): Remote<BackfillFacts> {
  const [value, setValue] = createSignal<BackfillFacts | null>(known);
  const loading = createLoading(
    async (abort) => fetchJson("/api/kr/scan/status", ScanStatus, abort),
    (status) => {
      const backfill = pastOf(status);
      const wasThere = value() === null;
      setValue(backfill);
      if (backfill === null && !wasThere) {
        onEnd();
      }
    },
  );
  whileVisible(loading, () => value() !== null);
  return { value, ...loading };
}
