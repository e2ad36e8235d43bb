/** All that a page can be found to lack by itself: accessibility in every theme, and what its layout cuts, covers or makes too small. */
import type { Page } from "playwright-core";
import { findingsOf, type Rules } from "./accessibility.ts";
import { CLIPPED, OVERLAPPING, SIDEWAYS, SMALL, STICKING_OUT } from "./layout.ts";

/** The screens of the matrix, in pixels. */
export const WIDTHS = [1440, 360] as const;

const HEIGHT = 900;

/** Faults of the layout as it stands; those of touch on a phone alone. */
export async function layoutFaults(page: Page, isPhone: boolean): Promise<readonly string[]> {
  const sideways = await page.evaluate<number>(SIDEWAYS);
  const checks = { CLIPPED, OVERLAPPING, STICKING_OUT, ...(isPhone && { SMALL }) };
  const all = await Promise.all(
    Object.entries(checks).map(async ([name, check]) =>
      (await page.evaluate<readonly string[]>(check)).map((fault) => `${name} ${fault}`),
    ),
  );
  return [...(sideways > 0 ? [`scrolls sideways by ${sideways} px`] : []), ...all.flat()];
}

/** Sets the width, and lets what depends on it follow. */
export async function resize(page: Page, width: number): Promise<void> {
  await page.setViewportSize({ width, height: HEIGHT });
  await page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))");
}

/** The media that a theme is; `forced` are the reader's own colours. */
const MEDIA = {
  light: { colorScheme: "light", forcedColors: "none" },
  dark: { colorScheme: "dark", forcedColors: "none" },
  forced: { colorScheme: "light", forcedColors: "active" },
} as const;

/**
 * Every fault of the page at both widths. With `themes` all rules are asked in light and those on colours in dark and in the
 * reader's own colours as well; without, all but those on colours: the texts of another language change none.
 */
export async function matrixFaults(
  page: Page,
  { themes, isGallery = false }: { readonly themes: boolean; readonly isGallery?: boolean },
): Promise<readonly string[]> {
  const found: string[] = [];
  for (const width of WIDTHS) {
    await page.emulateMedia(MEDIA.light);
    await resize(page, width);
    const rules: Rules = { of: themes ? "all" : "texts", isGallery };
    const faults = [...(await layoutFaults(page, width < 768)), ...(await findingsOf(page, rules))];
    found.push(...faults.map((fault) => `${width}: ${fault}`));
    // The cards of a phone are looked at as pages.
    const isAsked = themes && !(isGallery && width < 768);
    for (const theme of isAsked ? (["dark", "forced"] as const) : []) {
      await page.emulateMedia(MEDIA[theme]);
      const colours = await findingsOf(page, { of: "colours" });
      found.push(...colours.map((fault) => `${width} ${theme}: ${fault}`));
    }
  }
  await page.emulateMedia(MEDIA.light);
  return found;
}
