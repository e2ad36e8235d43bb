/** The colours and the font of the chart, read from the page's own tokens: the canvas follows theme and palette. */

const TOKENS = ["surface", "text", "muted", "border", "accent", "up", "down", "warn"] as const;

/** Colours and font as resolved text: a canvas knows no custom properties. */
export type ChartLook = Readonly<Record<(typeof TOKENS)[number] | "font", string>>;

/** Where the reader's system sets the colours, the page's own are not used. */
const SYSTEM: Readonly<Record<(typeof TOKENS)[number], string>> = {
  surface: "Canvas",
  text: "CanvasText",
  muted: "CanvasText",
  border: "GrayText",
  accent: "Highlight",
  up: "CanvasText",
  down: "LinkText",
  warn: "GrayText",
};

/** `light-dark()` is resolved only where a colour is used, so each token is set on a probe and read back. */
export function readLook(host: HTMLElement): ChartLook {
  const probe = document.createElement("span");
  probe.hidden = true;
  host.append(probe);
  const isForced = window.matchMedia("(forced-colors: active)").matches;
  // Otherwise each colour of the probe itself would be forced to that of text.
  probe.style.setProperty("forced-color-adjust", "none");
  const colourOf = (token: (typeof TOKENS)[number]): string => {
    probe.style.color = isForced ? SYSTEM[token] : `var(--${token})`;
    return getComputedStyle(probe).color;
  };
  const [surface = "", text = "", muted = "", border = "", accent = "", up = "", down = "", warn = ""] =
    TOKENS.map(colourOf);
  const font = getComputedStyle(host).fontFamily;
  probe.remove();
  return { surface, text, muted, border, accent, up, down, warn, font };
}

/** `rgb(1, 2, 3)` with an alpha. */
export function faded(colour: string, alpha: number): string {
  return colour.replace(/^rgb\((.*)\)$/u, `rgba($1, ${alpha})`);
}
