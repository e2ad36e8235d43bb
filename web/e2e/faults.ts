/** All that a page can be found to lack by itself: accessibility in every theme, and what its layout cuts, covers or makes too small. */
import type { Page } from "playwright-core";
import { findingsOf } from "./accessibility.ts";
import { BROKEN, CLIPPED, OVERLAPPING, SCROLLED, SIDEWAYS, SMALL, STICKING_OUT } from "./layout.ts";

/** The screens of the matrix, in pixels. */
export const WIDTHS = [1440, 360] as const;

/** Of a tablet, whose layout is neither a phone's nor a desk's. */
const BETWEEN = 768;

const HEIGHT = 900;

/** Faults of the layout as it stands, and what else is looked for. */
export async function layoutFaults(
  page: Page,
  further: Readonly<Record<string, string>> = {},
): Promise<readonly string[]> {
  const sideways = await page.evaluate<number>(SIDEWAYS);
  const checks = { CLIPPED, OVERLAPPING, STICKING_OUT, BROKEN, ...further };
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

/** As the switch of the page calls them, longer texts included. */
const NAMES_OF = { ko: /한국어/u, en: /English/u } as const;

/** The media that a theme is; `forced` are the reader's own colours. */
const MEDIA = {
  light: { colorScheme: "light", forcedColors: "none" },
  dark: { colorScheme: "dark", forcedColors: "none" },
  forced: { colorScheme: "light", forcedColors: "active" },
} as const;

/** By the page's own switch, which a wide screen shows. */
async function switchTo(page: Page, language: "ko" | "en"): Promise<void> {
  await resize(page, WIDTHS[0]);
  await page.getByRole("button", { name: NAMES_OF[language] }).first().click();
  await page.locator(`html[lang=${language}]`).waitFor();
}

/** What `found` finds of the page in Korean and then in English, in which the page stays. */
export async function inBothLanguages(
  page: Page,
  found: () => Promise<readonly string[]>,
): Promise<readonly string[]> {
  const all: string[] = [];
  for (const language of ["ko", "en"] as const) {
    await switchTo(page, language);
    all.push(...(await found()).map((fault) => `${language} ${fault}`));
  }
  return all;
}

/**
 * Every fault of the page in its language, at both widths and in every theme, and of its layout on a tablet. All rules are asked in light: what a theme changes
 * is the colours, on which the rules are asked in each.
 */
export async function matrixFaults(page: Page, isGallery = false): Promise<readonly string[]> {
  const found: string[] = [];
  for (const width of WIDTHS) {
    await resize(page, width);
    found.push(
      ...(await layoutFaults(page, { SCROLLED, ...(width < BETWEEN && { SMALL }) })).map(
        (fault) => `${width}: ${fault}`,
      ),
    );
    for (const [theme, media] of Object.entries(MEDIA)) {
      await page.emulateMedia(media);
      const faults = await findingsOf(page, { of: media === MEDIA.light ? "all" : "colours", isGallery });
      found.push(...faults.map((fault) => `${width} ${theme}: ${fault}`));
    }
    await page.emulateMedia(MEDIA.light);
  }
  await resize(page, BETWEEN);
  const faults = await layoutFaults(page, { SCROLLED });
  return [...found, ...faults.map((fault) => `${BETWEEN}: ${fault}`)];
}
