/** The journeys to an alert: from a name near its pivot to the notice of its breakout, and to a receiver of the owner's. */
import type { Locator } from "playwright-core";
import { assert } from "../../../worker/core/assert.ts";
import { ALERT_PAGE_TEXTS } from "../../i18n/alert-page-texts.ts";
import { ALERT_TEXTS } from "../../i18n/alert-texts.ts";
import { LOGIN_TEXTS } from "../../i18n/login-texts.ts";
import { OWNER_ALERT_TEXTS } from "../../i18n/owner-alert-texts.ts";
import type { Reader } from "./reader.ts";
import { containing, partOf, placeOfSignal, rowsOf, textsOf, type Walk, type World } from "./world.ts";

/** From when on the page reads the log: what happened before is of no rule. */
const READS_LOG = `Object.entries(localStorage).some(
  ([key, text]) => key.startsWith("vcp.notices.") && JSON.parse(text).position !== null,
)`;

/** Of a device whose reader begins. */
const MOST_STARS = 3;
const MOST_ROWS = 40;

/** Runs in the page. */
function nameOfRows(rows: readonly { querySelector(of: string): { innerText: string } | null }[]): string[] {
  return rows.map((row) => row.querySelector("a")?.innerText.trim() ?? "");
}

interface Asked {
  /** What the page then states. */
  readonly asked: string;
  /** The shares that it notifies of. */
  readonly tickers: readonly string[];
}

function noticesOf({ page, locale }: World): Locator {
  return page.getByRole("status", { name: ALERT_TEXTS[locale].region, exact: true });
}

/** Tickers of what this device has starred. */
const STARRED = `JSON.parse(localStorage["vcp.stars"] ?? "[]")`;

/** The rows of the nearest names that have not touched their pivot: what happens to them next is an event of the usual rule. */
async function nearRows(reader: Reader, world: World): Promise<readonly Locator[]> {
  const { page } = world;
  const near = rowsOf(world).filter({ hasText: textsOf(world).stateREADY });
  await reader.read(near.first());
  // By name: prices give the rows another order meanwhile.
  const names = await near.evaluateAll(nameOfRows);
  return names
    .slice(0, MOST_STARS)
    .map((name) => rowsOf(world).filter({ has: page.getByRole("link", { name, exact: true }) }));
}

/** With the arrows, as far as it takes. */
async function goToRow(reader: Reader, row: Locator): Promise<void> {
  const focused = row.and(row.page().locator(":focus-within"));
  for (let i = 0; i < MOST_ROWS && (await focused.count()) === 0; i++) {
    await reader.press(row, "j");
  }
}

/** A new device: "tell me" at the name that is nearest its pivot, and a star for two more, which the same rule is of. */
async function askToBeTold(reader: Reader, world: World): Promise<Asked> {
  const { page, locale } = world;
  await page.goto(world.url);
  const [first, ...others] = await nearRows(reader, world);
  assert(first !== undefined, "A name is near its pivot");
  const place = placeOfSignal(reader, world);
  if (reader.way !== "touch") {
    await reader.read(place.getByRole("figure"));
  }
  await world.shot("near");
  if (reader.way === "keyboard") {
    await goToRow(reader, first);
    await reader.press(first, "a");
  }
  for (const row of others) {
    if (reader.way === "keyboard") {
      await goToRow(reader, row);
    }
    await reader.press(row.getByRole("button"), "w");
    await row.getByRole("button", { pressed: true }).waitFor();
  }
  if (reader.way !== "keyboard") {
    const link = first.getByRole("link");
    const [name = ""] = await link.allInnerTexts();
    const heading = place.getByRole("heading", { level: 2, name, exact: true });
    if ((await heading.count()) === 0) {
      await reader.press(reader.way === "touch" ? link : first.getByRole("cell").first());
    }
    await reader.read(heading);
    await reader.press(place.getByRole("button", { name: ALERT_TEXTS[locale].tellMe, exact: true }));
  }
  const asked = await reader.read(noticesOf(world).locator("> *").first());
  await world.shot("asked");
  await reader.until(READS_LOG);
  return { asked, tickers: await page.evaluate<readonly string[]>(STARRED) };
}

/** The bell of the header. */
async function goToAlerts(reader: Reader, { page, locale }: World): Promise<void> {
  const { bell, unread } = ALERT_TEXTS[locale];
  const named = new RegExp(`^(${bell}|${unread("9").replace("9", String.raw`\d+`)})$`, "u");
  await reader.press(page.getByRole("banner").getByRole("link", { name: named }), "g a");
  const { title } = ALERT_PAGE_TEXTS[locale];
  await reader.read(page.getByRole("main").getByRole("heading", { name: title, level: 2, exact: true }));
}

/** Star, "tell me", the breakout, its notice, the signal, and the alerts of the day. */
export const notified: Walk = async (reader, world) => {
  const { page, locale } = world;
  const { asked, tickers } = await askToBeTold(reader, world);
  // Where several events come at once, the oldest.
  const toast = noticesOf(world)
    .locator("> *")
    .filter({ has: page.locator('a[href^="/signals/"]') })
    .first();
  const notice = await reader.readWhile(toast, async () => world.happen(tickers));
  await world.shot("notice");
  await reader.until(String.raw`/^\(\d+\) /u.test(document.title)`);
  const count = await page.title();
  if (reader.way !== "keyboard") {
    await reader.press(toast.getByRole("link").first());
  }
  const signal = page.getByRole("main").getByRole("heading", { level: 2 }).first();
  const readSignal = async (): Promise<string> => {
    await page.waitForURL("**/signals/*");
    const who = await reader.read(signal);
    await world.shot("signal");
    return who;
  };
  let who = reader.way === "keyboard" ? "" : await readSignal();
  await goToAlerts(reader, world);
  const today = partOf(page, ALERT_PAGE_TEXTS[locale].today);
  const line = today
    .getByRole("listitem")
    .filter({ has: page.getByRole("heading", { level: 3, name: containing(who) }) })
    .first();
  const day = await reader.read(line);
  const over = String(await noticesOf(world).locator("> *").count());
  await world.shot("day");
  if (reader.way === "keyboard") {
    // Six seconds are too short for Tab: the way of the keys leads by the list of the day.
    await reader.press(line.getByRole("link").first());
    who = await readSignal();
  }
  assert(notice.includes(who) && day.includes(who), `${who} is notified of, and in the list of the day`);
  return { who, asked, notice, count, day, over, left: await page.title() };
};

/** The owner logs in, sets a webhook up, tests it, and gets the same event there. */
export const webhook: Walk = async (reader, world) => {
  const { page, locale, owner } = world;
  assert(owner !== null, "The world of this journey has an owner");
  const [texts, login] = [OWNER_ALERT_TEXTS[locale], LOGIN_TEXTS[locale]];
  const { tickers } = await askToBeTold(reader, world);
  await goToAlerts(reader, world);
  await reader.press(page.getByRole("main").getByRole("link", { name: texts.toLogin, exact: true }));
  await reader.write(page.getByLabel(login.token, { exact: true }), owner.token);
  await reader.press(page.getByRole("button", { name: login.submit, exact: true }), "Enter");
  const channels = partOf(page, texts.channels);
  await reader.press(channels.locator("summary").filter({ hasText: texts.add.webhook }));
  await reader.write(channels.getByLabel(texts.field.url, { exact: true }), owner.hookUrl);
  await world.shot("channel");
  await reader.press(channels.getByRole("button", { name: texts.save, exact: true }), "Enter");
  owner.give(await reader.read(channels.locator("code")));
  await world.shot("secret");
  await reader.press(channels.getByRole("button", { name: texts.drawnDone, exact: true }));
  await reader.press(channels.getByRole("button", { name: containing(texts.test) }));
  const tested = await reader.read(channels.getByText(texts.outcome.sent, { exact: true }));
  await world.shot("tested");
  const rules = partOf(page, texts.rules);
  await reader.press(rules.locator("summary").filter({ hasText: texts.addRule }));
  await world.shot("rule");
  // By keyboard with Enter in its first field.
  await reader.press(
    reader.way === "keyboard"
      ? rules.getByLabel(ALERT_PAGE_TEXTS[locale].name, { exact: true })
      : rules.getByRole("button", { name: texts.save, exact: true }),
  );
  const rule = await reader.read(rules.getByRole("listitem").first());
  await world.happen(tickers);
  const message = await owner.arrived(tickers);
  const log = partOf(page, texts.log);
  await reader.press(log.getByRole("button", { name: texts.refresh, exact: true }));
  const sent = await reader.read(log.getByRole("listitem").filter({ hasText: message }).first());
  await world.shot("log");
  return { tested, rule, message, sent };
};
