/** What has changed since this device last showed the list, and what a gap of the connection brought. */
import { createEffect, createMemo, type JSX, onCleanup, Show, untrack } from "solid-js";
import { SINCE_TEXTS, type SinceTexts } from "../../../i18n/since-texts.ts";
import type { SignalRow } from "../../../../worker/protocol/signal-row.ts";
import { NOTE_MS, type Visits } from "../../../store/device/visits.ts";
import { useApp } from "../../app-context.tsx";
import { useMarket } from "../../market-context.tsx";
import { gapChanges } from "../../since/gap-changes.ts";
import { changesBetween } from "../../since/since-changes.ts";
import { SinceLine } from "./since-line.tsx";

/** `at` is the server's time of the list. */
interface SeenList {
  readonly at: string;
  readonly rows: readonly SignalRow[];
  readonly isComplete: boolean;
}

/** Notes what the reader sees: when the list comes, every minute while the tab is shown, and when it is shown or left. */
function createNotes(visits: () => Visits | null, list: () => SeenList | null): void {
  const note = (): void => {
    const now = list();
    if (now !== null) {
      visits()?.note({ asOf: now.at, rows: now.rows });
    }
  };
  const noteShown = (): void => {
    if (document.visibilityState === "visible") {
      note();
    }
  };
  const isThere = createMemo(() => list() !== null && visits() !== null);
  createEffect(() => {
    if (isThere()) {
      untrack(noteShown);
    }
  });
  const timer = setInterval(noteShown, NOTE_MS);
  addEventListener("pagehide", noteShown);
  document.addEventListener("visibilitychange", note);
  onCleanup(() => {
    clearInterval(timer);
    removeEventListener("pagehide", noteShown);
    document.removeEventListener("visibilitychange", note);
  });
}

/** `ended`: what has ended lately; `null` while unknown. */
export function SinceCard(props: { ended: readonly SignalRow[] | null }): JSX.Element {
  const { locale, device, format } = useApp();
  const market = useMarket();
  const { exchange, signals } = market;
  const texts = (): SinceTexts => SINCE_TEXTS[locale()];
  const list = createMemo((): SeenList | null => {
    const known = signals.value();
    return (
      known && {
        at: known.generated_at,
        rows: known.signals,
        isComplete: known.signals.length >= known.count,
      }
    );
  });
  const visits = createMemo(() => {
    const active = exchange.active();
    return active === null ? null : device.visits(active);
  });
  createNotes(
    () => visits(),
    () => list(),
  );
  const ended = createMemo(() => new Map((props.ended ?? []).map((row) => [row.id, row])));
  const base = createMemo(() => visits()?.base() ?? null);
  /** Not before the exchange is known, whose visits these are. */
  const isFirst = (): boolean => visits() !== null && base() === null;
  const changes = createMemo(() => {
    const [then, now] = [base(), list()];
    return then === null || now === null || props.ended === null
      ? null
      : changesBetween({ before: then.states, asOf: then.as_of, ...now, ended: ended() });
  });
  const gap = createMemo(() => {
    const last = market.gap();
    const isShown =
      last !== null && [last.before, last.after].every((one) => one.exchange === exchange.active());
    return isShown ? { seconds: last.seconds, changes: gapChanges(last, ended()) } : null;
  });
  return (
    <>
      <SinceLine
        title={texts().title}
        note={base() === null ? undefined : texts().since(format().time(base()?.as_of ?? null))}
        changes={changes() ?? []}
        none={changes() !== null ? texts().none : isFirst() ? texts().first : texts().checking}
      />
      <Show when={gap()}>
        {(known) => (
          <SinceLine title={texts().gap(known().seconds)} changes={known().changes} none={texts().gapNone} />
        )}
      </Show>
    </>
  );
}
