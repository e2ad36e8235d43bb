/** What a journey through the page finds its way by: the world that it goes through, and places by what the page itself names. */
import type { Locator, Page } from "playwright-core";
import { en } from "../../i18n/en.ts";
import { FLIP_TEXTS } from "../../i18n/flip-texts.ts";
import { ko } from "../../i18n/ko.ts";
import type { Locale } from "../../i18n/locale.ts";
import type { Reader } from "./reader.ts";

export interface World {
  readonly page: Page;
  /** The address of the dashboard. */
  readonly url: string;
  readonly locale: Locale;
  /** The reader's machine sleeps ({@link ASLEEP_S}) while the market moves on; resolves when it has woken. */
  sleep(): Promise<void>;
  /** The market moves on until one of the shares has an event of the usual rule; resolves when the server has it. */
  happen(tickers: readonly string[]): Promise<void>;
  /** A picture of what the reader sees, where pictures are taken. */
  shot(name: string): Promise<void>;
  /** What the owner of the server has; `null` where the world has no such server. */
  readonly owner: Owner | null;
}

/** An owner with a receiver of webhooks of their own. */
export interface Owner {
  readonly token: string;
  readonly hookUrl: string;
  /** The receiver checks signatures with it from now on. */
  give(secret: string): void;
  /** Waits for a signed message about one of the shares; resolves with its title. */
  arrived(tickers: readonly string[]): Promise<string>;
}

/** How long the machine sleeps. */
export const ASLEEP_S = 8 * 3_600;

/** Resolves with what the reader then knows. */
export type Walk = (reader: Reader, world: World) => Promise<Readonly<Record<string, string>>>;

/** Between the rows and their columns the reader looks at texts, which stand alone or beside others. */
export function containing(...texts: readonly string[]): RegExp {
  return new RegExp(
    texts.map((text) => text.replaceAll(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`)).join("|"),
    "u",
  );
}

export function textsOf({ locale }: World): typeof ko {
  return locale === "ko" ? ko : en;
}

/** The rows of the list, in a table or as cards. */
export function rowsOf(world: World): Locator {
  const { page } = world;
  const { signalsCaption } = textsOf(world);
  return page
    .getByRole("table", { name: signalsCaption })
    .getByRole("row")
    .filter({ has: page.getByRole("rowheader") })
    .or(page.getByRole("list", { name: signalsCaption }).getByRole("listitem"));
}

/** One of the ways through the pages. */
export function inNav(world: World, name: string): Locator {
  const { navMain } = textsOf(world);
  return world.page.getByRole("navigation", { name: navMain }).getByRole("link", { name, exact: true });
}

/** The lines of a page's one list, in a table or as cards. */
export function linesOf(page: Page): Locator {
  const main = page.getByRole("main");
  return main
    .getByRole("row")
    .filter({ has: page.getByRole("rowheader") })
    .or(main.getByRole("listitem").filter({ has: page.getByRole("link") }));
}

/** A group of the outcomes, in a table or as a card. */
export function groupOf(page: Page, by: string, name: string): Locator {
  return page
    .getByRole("table")
    .first()
    .getByRole("rowgroup")
    .filter({ hasText: by })
    .getByRole("row")
    .filter({ has: page.getByRole("rowheader", { name, exact: true }) })
    .or(
      page
        .getByRole("list", { name: by, exact: true })
        .first()
        .getByRole("listitem")
        .filter({ has: page.getByRole("link", { name, exact: true }) }),
    );
}

/** The part of the page under a heading. */
export function partOf(page: Page, name: string | RegExp): Locator {
  return page.getByRole("region", { name });
}

/** Where a signal is shown: on a wide screen beside its list, else on its page. */
export function placeOfSignal(reader: Reader, { page, locale }: World): Locator {
  return reader.way === "touch"
    ? page.getByRole("main")
    : page.getByRole("region", { name: FLIP_TEXTS[locale].beside });
}
