/**
 * The journeys of a trader through the page, each by what the page itself names in the reader's language. Each ends with what the
 * reader then knows; a journey that the page does not allow throws.
 */
import { assert } from "../../../worker/core/assert.ts";
import { IMPORT_TEXTS } from "../../i18n/import-texts.ts";
import { OUTCOME_TEXTS } from "../../i18n/outcome-texts.ts";
import { PERFORMANCE_COPY } from "../../i18n/performance-copy.ts";
import { SINCE_TEXTS } from "../../i18n/since-texts.ts";
import { WATCH_TEXTS } from "../../i18n/watch-texts.ts";
import { notified, webhook } from "./alert-walks.ts";
import {
  ASLEEP_S,
  containing,
  groupOf,
  inNav,
  linesOf,
  partOf,
  placeOfSignal,
  rowsOf,
  textsOf,
  type Walk,
} from "./world.ts";

/** Can I act today, and what has changed? */
const canAct: Walk = async (reader, world) => {
  const { page, locale } = world;
  const text = textsOf(world);
  const since = SINCE_TEXTS[locale];
  await page.goto(world.url);
  const gate = await reader.read(
    partOf(page, text.gateTitle).getByText(
      new RegExp(`^(${[text.gateGREEN, text.gateYELLOW, text.gateRED, text.gateUNKNOWN].join("|")})$`, "u"),
    ),
  );
  const actionable = await reader.read(page.getByRole("button", { name: containing(text.pickActionable) }));
  const changes = partOf(page, since.changesTitle);
  const all = changes.getByRole("button", {
    name: new RegExp(`^${since.more(0).replace("0", String.raw`\d+`)}$`, "u"),
  });
  await reader.press(all.last());
  const changed = await reader.read(changes.getByRole("listitem").first());
  return { gate, actionable, changed };
};

/** Which signal is nearest its pivot, and why is it one? */
const nearest: Walk = async (reader, world) => {
  const { page } = world;
  const text = textsOf(world);
  await page.goto(world.url);
  const row = rowsOf(world).first();
  await reader.read(row);
  const place = placeOfSignal(reader, world);
  if (reader.way === "touch") {
    await reader.press(row.getByRole("link"));
  }
  const chart = place.getByRole("figure");
  await reader.read(chart);
  const name = place.getByRole("heading", { level: 2 }).first();
  let who = await reader.read(name);
  let first = reader.way === "touch" ? who : await reader.read(row);
  if (!first.includes(who)) {
    // Prices have come since, and another row is the nearest now.
    await reader.press(row.getByRole("cell").first(), "j");
    first = await reader.read(row);
    const [nearer] = await row.getByRole("link").allInnerTexts();
    await reader.read(place.getByRole("heading", { level: 2, name: nearer ?? "" }));
    who = nearer ?? "";
  }
  assert(!first.includes(text.stateSQUAT), "No squat stands in the way of what is nearest");
  const why = (await chart.getAttribute("aria-label")) ?? "";
  return { first, who, why };
};

/** Three names starred, on a list, and in TradingView's own form. */
const starred: Walk = async (reader, world) => {
  const { page, locale } = world;
  const [watch, files] = [WATCH_TEXTS[locale], IMPORT_TEXTS[locale]];
  await page.goto(world.url);
  for (let i = 0; i < 3; i++) {
    const row = rowsOf(world).nth(i);
    await reader.read(row);
    await reader.press(row.getByRole("button"), "j w");
    await row.getByRole("button", { pressed: true }).waitFor();
  }
  await reader.press(inNav(world, textsOf(world).navWatch), "g w");
  await reader.read(page.getByRole("heading", { name: watch.starred }));
  const count = await reader.read(page.getByText(watch.count("3"), { exact: true }));
  await reader.press(page.getByRole("button", { name: watch.export, exact: true }));
  const form = page.getByRole("dialog").getByRole("group", { name: files.tradingView });
  const saved = page.waitForEvent("download");
  await reader.press(form.getByRole("button", { name: files.download }));
  const file = await saved;
  const chunks: Buffer[] = [];
  for await (const chunk of await file.createReadStream()) {
    chunks.push(Buffer.from(chunk));
  }
  const symbols = Buffer.concat(chunks).toString("utf8").trim();
  assert(/^KRX:\w{6}(,KRX:\w{6}){2}$/u.test(symbols), `TradingView reads ${symbols}`);
  return { count, file: file.suggestedFilename(), symbols };
};

/** Back after the machine has slept: what did I miss? */
const afterSleep: Walk = async (reader, world) => {
  const { page, locale } = world;
  const since = SINCE_TEXTS[locale];
  await page.goto(world.url);
  await reader.read(rowsOf(world).first());
  if (reader.way === "touch") {
    // Whoever comes back from a sleep had the whole page before him.
    await reader.read(page.getByRole("heading", { name: since.changesTitle }));
  } else {
    await reader.read(placeOfSignal(reader, world).getByRole("figure"));
  }
  await world.sleep();
  const gap = await reader.read(page.getByRole("heading", { name: since.gap(ASLEEP_S) }));
  const changes = partOf(page, since.changesTitle);
  await reader.press(changes.getByRole("button", { expanded: false }).first());
  const missed = await reader.read(changes.getByRole("listitem").first());
  return { gap, missed };
};

/** What did signals of the grades A and B do, and which were they? */
const outcomes: Walk = async (reader, world) => {
  const { page, locale } = world;
  const text = textsOf(world);
  const { by_grade } = PERFORMANCE_COPY[locale];
  await page.goto(world.url);
  await reader.read(rowsOf(world).first());
  const known: Record<string, string> = {};
  for (const grade of ["A", "B"]) {
    const back = page.getByRole("main").getByRole("link", { name: OUTCOME_TEXTS[locale].listBack });
    await reader.press(grade === "A" ? inNav(world, text.navPerformance) : back, "g p");
    const row = groupOf(page, by_grade, grade);
    known[grade] = await reader.read(row);
    await reader.press(row.getByRole("link"));
    await reader.read(page.getByRole("heading", { level: 2, name: new RegExp(`^${grade}: `, "u") }));
    known[`first of ${grade}`] = await reader.read(linesOf(page).first());
  }
  return known;
};

export const WALKS = {
  canAct,
  nearest,
  starred,
  afterSleep,
  outcomes,
  notified,
  webhook,
} as const satisfies Record<string, Walk>;

export type WalkName = keyof typeof WALKS;
