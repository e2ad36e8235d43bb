/** RT48: the alert log as an Atom feed (RFC 4287): what its entries state, and the XML that they are written in. */
import { type AlertEvent, keyOf, isTakenBack, type ToldAlert } from "../../core/alerts/alert-event.ts";
import { isSimulated, profileOf } from "../../core/instrument/exchange-profile.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";
import { factsOf, headOf, pathOf } from "../../protocol/alert-lines.ts";
import { FEED_PHRASES } from "../../protocol/alert-texts.ts";
import type { AlertLanguage } from "../../protocol/alert-words.ts";
import { formatKst } from "../../protocol/format.ts";

/** Entries of a feed, the newest ones. */
export const MOST_ENTRIES = 100;

/** What a feed is made of. */
export interface FeedFacts {
  readonly exchange: Exchange;
  readonly language: AlertLanguage;
  /** Oldest first. */
  readonly events: readonly AlertEvent[];
  /** Address of the installation without a path, `https://radar.example`. */
  readonly origin: string;
  /** Milliseconds since the epoch: of a feed without entries. */
  readonly at: number;
}

/** UTF-16 units of a name in a title. */
const MOST_NAME = 60;

interface Entry {
  readonly title: string;
  readonly lines: readonly string[];
  readonly path: string;
}

/** The whole document. An entry's id is made of its event alone, so that it is the same at every address and in both languages. */
export async function atomFeed(facts: FeedFacts): Promise<string> {
  const { exchange, language, events, origin, at } = facts;
  const phrases = FEED_PHRASES[language];
  const title = `${phrases.product} · ${profileOf(exchange).label[language]}`;
  const newest = events.toReversed().slice(0, MOST_ENTRIES);
  const entries = await Promise.all(newest.map(async (event) => entryXml(event, facts)));
  const latest = newest.reduce((time, event) => Math.max(time, event.at), Number.NEGATIVE_INFINITY);
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${language}">`,
    element("id", await idOf(`${exchange} feed`)),
    element("title", title),
    element("subtitle", isSimulated(exchange) ? `${phrases.demo} ${phrases.notAdvice}` : phrases.notAdvice),
    element("updated", formatKst(newest.length === 0 ? at : latest)),
    `<author>${element("name", phrases.product)}</author>`,
    link("self", "application/atom+xml", `${origin}/feed.xml?lang=${language}`),
    link("alternate", "text/html", `${origin}/`),
    ...entries,
    "</feed>\n",
  ].join("\n");
}

async function entryXml(
  event: AlertEvent,
  { exchange, language, events, origin }: FeedFacts,
): Promise<string> {
  const { title, lines, path } = entryOf(event, events, language);
  const time = formatKst(event.at);
  return [
    "<entry>",
    element("id", await idOf(`${exchange} ${event.id}`)),
    element("title", title),
    element("published", time),
    element("updated", time),
    link("alternate", "text/html", `${origin}${path}`),
    `<category term="${escaped(event.kind)}"/>`,
    `<content type="text">${escaped([...lines, FEED_PHRASES[language].notAdvice].join("\n"))}</content>`,
    "</entry>",
  ].join("\n");
}

function entryOf(event: AlertEvent, events: readonly AlertEvent[], language: AlertLanguage): Entry {
  if (event.kind !== "withdrawn") {
    return {
      title: headOf(event, language, MOST_NAME),
      lines: [factsOf(event, language)],
      path: pathOf(event),
    };
  }
  const phrases = FEED_PHRASES[language];
  const of = events.findLast(
    (one): one is ToldAlert => one.kind !== "withdrawn" && one.at <= event.at && isTakenBack(event, one),
  );
  return of === undefined
    ? { title: phrases.withdrawn(keyOf(event.of)), lines: [phrases.correction], path: "/" }
    : {
        title: phrases.withdrawn(headOf(of, language, MOST_NAME)),
        lines: [phrases.correction, factsOf(of, language)],
        path: pathOf(of),
      };
}

/** A UUID of version 8 (RFC 9562) from a digest of the text: the same for the same text, on every server. */
async function idOf(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(`vcp-radar ${text}`));
  const hex = Array.from(new Uint8Array(digest, 0, 16), (byte) => byte.toString(16).padStart(2, "0")).join(
    "",
  );
  const variant = ((Number.parseInt(hex.slice(16, 17), 16) & 3) | 8).toString(16);
  return `urn:uuid:${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

function element(name: string, text: string): string {
  return `<${name}>${escaped(text)}</${name}>`;
}

function link(rel: string, type: string, href: string): string {
  return `<link rel="${rel}" type="${type}" href="${escaped(href)}"/>`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};

/** What XML 1.0 cannot carry at all is left out. */
function escaped(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, "")
    .replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? "");
}
