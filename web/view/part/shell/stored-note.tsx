/** States over every page that it shows a kept state, of when, and that it is not live; with the network the page opens anew. */
import { createEffect, type JSX } from "solid-js";
import { storedAt } from "../../../store/stored-state.ts";
import { useApp } from "../../app-context.tsx";
import { useMarket } from "../../market-context.tsx";

const TEXTS = {
  ko: {
    title: (time: string): string => `오프라인: ${time} KST에 받은 상태이며 실시간이 아닙니다.`,
    help: "연결되면 새로 엽니다.",
  },
  en: {
    title: (time: string): string => `Offline: the state received at ${time} KST, not live.`,
    help: "It opens anew with the connection.",
  },
} as const;

export function StoredNote(): JSX.Element {
  const { locale, format } = useApp();
  const { live } = useMarket();
  createEffect(() => {
    // What was loaded from the device is of no position that a stream could go on from.
    if (["live", "quiet", "stale", "closed", "recovered"].includes(live.status().state)) {
      location.reload();
    }
  });
  return (
    <output class="page-note offline-note stored-note">
      <b>{TEXTS[locale()].title(format().time(storedAt()))}</b> {TEXTS[locale()].help}
    </output>
  );
}
