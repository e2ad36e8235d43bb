/** What every part of the page needs: texts and formats in the visitor's language, and the visitor's choices. */
import { type Accessor, createContext, createMemo, type JSX, useContext } from "solid-js";
import { assert } from "../../worker/core/assert.ts";
import { createFormat, type Format } from "../i18n/format.ts";
import type { Dictionary } from "../i18n/ko.ts";
import { DICTIONARIES } from "../i18n/locale.ts";
import type { Preferences } from "../store/preferences.ts";

export interface App {
  readonly text: Accessor<Dictionary>;
  readonly format: Accessor<Format>;
  readonly preferences: Preferences;
}

const Context = createContext<App>();

export function AppProvider(props: { preferences: Preferences; children: JSX.Element }): JSX.Element {
  const text = createMemo(() => DICTIONARIES[props.preferences.locale()]);
  const format = createMemo(() => createFormat(props.preferences.locale()));
  const app: App = {
    text,
    format,
    get preferences() {
      return props.preferences;
    },
  };
  return <Context.Provider value={app}>{props.children}</Context.Provider>;
}

export function useApp(): App {
  const app = useContext(Context);
  assert(app, "A part of the page stands inside AppProvider");
  return app;
}
