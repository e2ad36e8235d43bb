/** What stands round every page, and its dialogs. */
import type { JSX } from "solid-js";
import { NAMES } from "../../e2e/stub-names.ts";
import { decodeQuery, encodeQuery } from "../../view/filter/list-query.ts";
import { SpokenChanges } from "../../view/part/market/spoken-changes.tsx";
import { AppHeader } from "../../view/part/shell/app-header.tsx";
import { KeysDialog } from "../../view/part/shell/keys-dialog.tsx";
import { ExchangeRibbon, OldCloses, PageFooter } from "../../view/part/shell/page-notes.tsx";
import { SettingsDialog } from "../../view/part/shell/settings-dialog.tsx";
import { StoredNote } from "../../view/part/shell/stored-note.tsx";
import { LegendDialog } from "../../view/part/signals/legend-dialog.tsx";
import { ViewsDialog } from "../../view/part/views/views-dialog.tsx";
import { Acting, typeInto } from "../acting.tsx";
import { answerNext } from "../answers.ts";
import { usedDevice } from "../device.ts";
import { type Scene, scened, Stage } from "../stage.tsx";
import type { Views } from "../views.ts";

const STAY = (): void => undefined;

const OFFLINE: Scene = { status: { state: "offline", retryAt: null, lastDataAt: null } };

function header(scene: Scene): () => JSX.Element {
  return scened(scene, () => <AppHeader onSettings={STAY} />, { path: "/", pattern: "/" });
}

/** The search after a reader has typed; `answer` is what its names come with, `turn` when, in milliseconds. */
function searched(turn: number, typed: string, answer: Parameters<typeof answerNext>[1]): () => JSX.Element {
  return () => {
    return (
      <Acting
        act={(root) => {
          // One after another: which of several requests comes first is not theirs to choose.
          setTimeout(() => {
            answerNext("/api/kr/names", answer);
            typeInto(root, "input", typed);
          }, turn);
        }}
        class="gallery-tall"
      >
        <Stage at={{ path: "/", pattern: "/" }}>
          <AppHeader onSettings={STAY} />
        </Stage>
      </Acting>
    );
  };
}

function views(scene: Scene): () => JSX.Element {
  const query = decodeQuery("?state=ready");
  const filter: Parameters<typeof ViewsDialog>[0]["filter"] = {
    query: () => query,
    search: () => encodeQuery(query),
    filtered: () => ({
      rows: [],
      counts: { states: {}, grades: {}, markets: {}, rs: () => 0, isNew: 0, isStarred: 0, list: 0 },
      lifts: [],
    }),
    choose: STAY,
  };
  return scened(scene, () => <ViewsDialog filter={filter} onClose={STAY} />);
}

const NOBODY = { body: { required: false, active: false, expires_at: null } };
const OWNER = { body: { required: true, active: true, expires_at: "2025-06-20T18:24:10.000+09:00" } };

function settings(session: typeof NOBODY | typeof OWNER): () => JSX.Element {
  return scened({ answers: { "/api/session": session } }, () => <SettingsDialog onClose={STAY} />);
}

export const SHELL: Views<"notes" | "header" | "dialogs"> = {
  notes: {
    offline: scened(OFFLINE, () => <SpokenChanges />),
    paused: scened({ status: { state: "paused", waiting: 12 } }, () => <SpokenChanges />),
    ribbon: () => <ExchangeRibbon exchange="DEMO" />,
    "old-closes": scened({ serverTime: Date.parse("2025-06-30T10:00:00.000+09:00") }, () => <OldCloses />),
    footer: () => <PageFooter exchange="KRX" />,
    "footer-demo": () => <PageFooter exchange="DEMO" />,
    // A live connection would open the page anew.
    stored: scened(OFFLINE, () => <StoredNote />),
  },
  header: {
    krx: header({}),
    demo: header({ exchange: "DEMO" }),
    unknown: header({ exchange: null }),
    found: searched(200, "00", { body: NAMES }),
    none: searched(800, "zzzz", { body: NAMES }),
    failed: searched(1_400, "삼성", "cut"),
  },
  dialogs: {
    legend: () => <LegendDialog onClose={STAY} />,
    keys: () => <KeysDialog onClose={STAY} />,
    settings: settings(NOBODY),
    session: settings(OWNER),
    views: views({ device: usedDevice }),
    "views-empty": views({}),
  },
};
