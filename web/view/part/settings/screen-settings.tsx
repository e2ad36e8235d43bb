/** Language, appearance and the colours of change: for the dialog of every page and for the page of all settings. */
import { For, type JSX } from "solid-js";
import { type Palette, PALETTES } from "../../../store/preferences.ts";
import { useApp } from "../../app-context.tsx";
import { LanguageSwitch, ThemeSwitch } from "../shell/header-controls.tsx";
import { ChangeText } from "../signals/signal-marks.tsx";

const COLOURS = { kr: "coloursKr", us: "coloursUs", safe: "coloursSafe" } as const satisfies Readonly<
  Record<Palette, string>
>;

/** Narrow pages have no room for these two in the header. */
export function ScreenSettings(): JSX.Element {
  const { text } = useApp();
  return (
    <fieldset class="screen">
      <legend>
        {text().language} · {text().theme}
      </legend>
      <LanguageSwitch />
      <ThemeSwitch />
    </fieldset>
  );
}

export function ColourSettings(): JSX.Element {
  const { text, preferences } = useApp();
  return (
    <fieldset>
      <legend>{text().colours}</legend>
      <For each={PALETTES}>
        {(palette) => (
          <label>
            <input
              type="radio"
              name="palette"
              checked={preferences.palette() === palette}
              onChange={() => {
                preferences.setPalette(palette);
              }}
            />
            {text()[COLOURS[palette]]}
          </label>
        )}
      </For>
      <p>
        <span class="muted">{text().coloursSample}</span> <ChangeText value={0.0142} />{" "}
        <ChangeText value={-0.0087} />
      </p>
    </fieldset>
  );
}
