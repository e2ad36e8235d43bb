/** What every part of the page needs: texts and formats in the visitor's language, and the visitor's choices. */
import {
  type Accessor,
  createContext,
  createEffect,
  createMemo,
  createSignal,
  type JSX,
  on,
  untrack,
  useContext,
} from "solid-js";
import { assert } from "../../worker/core/assert.ts";
import { createFormat, type Format } from "../i18n/format.ts";
import type { Dictionary } from "../i18n/ko.ts";
import { loadDictionary, type Locale } from "../i18n/locale.ts";
import type { Device } from "../store/device/device.ts";
import { type CompanyName, type ShownName, shownName } from "./labels/company-name.ts";
import type { Preferences } from "../store/preferences.ts";

/** What every part may read; all of it is reactive. */
export interface App {
  /** The language of what is shown: the chosen one as soon as its texts are here. */
  readonly locale: Accessor<Locale>;
  readonly text: Accessor<Dictionary>;
  readonly format: Accessor<Format>;
  /** A company as the reader wants it named. */
  readonly naming: (company: CompanyName) => ShownName;
  readonly preferences: Preferences;
  readonly device: Device;
}

/** Exported for the gallery, whose device keeps nothing. */
export const AppContext = createContext<App>();

interface Props {
  readonly preferences: Preferences;
  readonly device: Device;
  /** Texts of the language that is chosen now. */
  readonly dictionary: Dictionary;
  readonly children: JSX.Element;
}

/** A language is shown when its texts have arrived: until then the page stays whole in the one before. */
export function AppProvider(props: Props): JSX.Element {
  // Read once: the first language only, because the effect below follows every later one.
  const first = untrack(() => ({ locale: props.preferences.locale(), dictionary: props.dictionary }));
  const [shown, setShown] = createSignal(first);
  async function show(locale: Locale): Promise<void> {
    const dictionary = await loadDictionary(locale);
    if (locale === props.preferences.locale()) {
      setShown({ locale, dictionary });
    }
  }
  createEffect(
    on(
      () => props.preferences.locale(),
      (locale) => {
        // Texts that cannot be fetched are expected offline: the page stays in the language it has.
        show(locale).catch(() => undefined);
      },
      { defer: true },
    ),
  );
  const locale = createMemo(() => shown().locale);
  const text = createMemo(() => shown().dictionary);
  const format = createMemo(() => createFormat(locale()));
  const app: App = {
    locale,
    text,
    format,
    naming: (company) =>
      shownName(company, { locale: locale(), isCodeFirst: props.preferences.codeFirst(), text: text() }),
    get preferences() {
      return props.preferences;
    },
    get device() {
      return props.device;
    },
  };
  return <AppContext.Provider value={app}>{props.children}</AppContext.Provider>;
}

/** Outside of the provider is a broken invariant: there is no language to fall back on. */
export function useApp(): App {
  const app = useContext(AppContext);
  assert(app, "A part of the page stands inside AppProvider");
  return app;
}
