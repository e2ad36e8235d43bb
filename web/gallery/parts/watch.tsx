/** The lists of a device on their page, their dialogs, and the data of the device in the settings. */
import type { JSX } from "solid-js";
import { rowAt } from "../../e2e/stub-long-list.ts";
import { ROWS } from "../../e2e/stub-signals.ts";
import type { Device } from "../../store/device/device.ts";
import { notesOf } from "../../store/watch/notes.ts";
import { STARRED, withEntries, withList } from "../../store/watch/watch-list.ts";
import { watchListsOf } from "../../store/watch/watch-lists.ts";
import { WatchPage } from "../../view/page/watch.tsx";
import { DeviceSettings } from "../../view/part/settings/device-settings.tsx";
import { ExportDialog } from "../../view/part/watch/export-dialog.tsx";
import { ImportDialog } from "../../view/part/watch/import-dialog.tsx";
import { StockDialog } from "../../view/part/watch/stock-dialog.tsx";
import { createWatch, type Watch } from "../../view/watch/create-watch.ts";
import { Acting, typeInto } from "../acting.tsx";
import { newDevice, usedDevice } from "../device.ts";
import { scened } from "../stage.tsx";
import type { Views } from "../views.ts";

const AT = "2025-06-12T09:30:00.000Z";
const STAY = (): void => undefined;
const { ticker: FIRST } = rowAt(ROWS);

/** Two lists, with stocks of the list, of no list, and of the other market. */
function listed(): Device {
  const device = usedDevice();
  const lists = watchListsOf(device);
  const tickers = [...ROWS.slice(0, 4).map(({ ticker }) => ticker), "068270", "999990", "D00001"];
  lists.change((now) =>
    withEntries(
      withList(now, { id: "long", name: "A long name of a list that wraps on a phone", entries: [] }),
      STARRED,
      tickers.map((ticker) => ({ ticker, added: AT })),
    ),
  );
  notesOf(device).write(FIRST, "거래량을 기다린다. Wait for the volume to dry up before the pivot.");
  return device;
}

function page(id: string, device: () => Device): () => JSX.Element {
  return scened({ device }, () => <WatchPage />, { path: `/watch/${id}`, pattern: "/watch/*" });
}

/** The page after what a reader did on it. */
function acted(act: (root: HTMLElement) => void): () => JSX.Element {
  return () => <Acting act={act}>{page(STARRED, listed)()}</Acting>;
}

function Watched(props: { view: (watch: Watch) => JSX.Element }): JSX.Element {
  const watch = createWatch(() => STARRED);
  return <>{props.view(watch)}</>;
}

function dialog(view: (watch: Watch) => JSX.Element): () => JSX.Element {
  return scened({ device: listed }, () => <Watched view={view} />, {
    path: `/watch/${STARRED}`,
    pattern: "/watch/*",
  });
}

const PASTED = `KRX:${FIRST}, 없는회사\n삼\n999999\nD00001\nSamsung Electronics\n329180,HD현대중공업,조선,412000`;

/** As a reader chooses a file. */
function choose(root: HTMLElement, text: string): void {
  const input = root.querySelector<HTMLInputElement>("input[type=file]");
  const files = new DataTransfer();
  files.items.add(new File([text], "device.json", { type: "application/json" }));
  if (input) {
    input.files = files.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

function settings(text: string | null): () => JSX.Element {
  const act = (root: HTMLElement): void => {
    if (text !== null) {
      choose(root, text);
    }
  };
  return () => (
    <Acting act={act} class="settings">
      {scened({ device: listed }, () => <DeviceSettings />)()}
    </Acting>
  );
}

const FILE = JSON.stringify({
  format: "vcp-radar-device",
  version: 1,
  starred: [{ ticker: "035420", added: AT }],
  lists: [{ id: "a", name: "반도체", entries: [{ ticker: FIRST, added: null }] }],
  values: { "vcp.theme": "dark" },
});

export const WATCH: Views<"watch" | "device"> = {
  watch: {
    filled: page(STARRED, listed),
    empty: page(STARRED, newDevice),
    gone: page("nowhere", listed),
    found: acted((root) => {
      typeInto(root, ".watch-add input", "현대");
    }),
    create: acted((root) => {
      root.querySelector<HTMLElement>("nav button")?.click();
    }),
    stock: dialog((watch) => <StockDialog watch={watch} ticker={FIRST} onClose={STAY} />),
    paste: () => (
      <Acting
        act={(root) => {
          typeInto(root, "textarea", PASTED);
        }}
      >
        {dialog((watch) => <ImportDialog watch={watch} onClose={STAY} />)()}
      </Acting>
    ),
    export: dialog((watch) => <ExportDialog watch={watch} onClose={STAY} />),
  },
  device: { plain: settings(null), import: settings(FILE), refused: settings("code,name") },
};
