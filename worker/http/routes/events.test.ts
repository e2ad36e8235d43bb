/** The alert log over HTTP: for a page that reads on, and as a feed. */
import fc from "fast-check";
import * as v from "valibot";
import { describe, it } from "vitest";
import type { AlertEvent } from "../../core/alerts/alert-event.ts";
import { AlertEventsBody } from "../../protocol/rest/alert-events.ts";
import { ALERT_AT, alertOfKind, makeAlert } from "../../testing/builders/alert-builder.ts";
import { type Answer, ask } from "../../testing/stage/ask.ts";
import { makeMemoryPorts, type MemoryPorts } from "../../testing/memory/memory-ports.ts";
import { makeApp } from "../app.ts";

/** Ten of KRX and ten of the demo, by turns. */
async function stage(overrides: Parameters<typeof makeMemoryPorts>[0] = {}): Promise<MemoryPorts> {
  const ports = makeMemoryPorts(overrides);
  await ports.alertLog.append(
    Array.from({ length: 20 }, (_, i) =>
      makeAlert({ id: `e${i + 1}`, exchange: i % 2 === 0 ? "KRX" : "DEMO", at: ALERT_AT + i }),
    ),
  );
  return ports;
}

describe("/api/kr/events", () => {
  it("[RT47] has the newest of its exchange, and what was saved after a position", async ({ expect }) => {
    const app = makeApp(await stage());
    const read = async (query: string): Promise<unknown> => {
      const { exchange, last, events } = v.parse(
        AlertEventsBody,
        (await ask(app, `/api/kr/events${query}`)).json,
      );
      return [exchange, last, events.map(({ id }) => id)];
    };
    expect(await read("?limit=2")).toEqual(["DEMO", 20, ["e18", "e20"]]);
    expect(await read("?exchange=KRX&after=4&limit=3")).toEqual(["KRX", 20, ["e5", "e7", "e9"]]);
    expect(await read("?after=20")).toEqual(["DEMO", 20, []]);
    expect(await read("?after=0&limit=200")).toEqual([
      "DEMO",
      20,
      Array.from({ length: 10 }, (_, i) => `e${2 * i + 2}`),
    ]);
  });

  it("[RT47] misses nothing that is saved while it is read", async ({ expect }) => {
    const ports = await stage();
    const newest = ports.alertLog.newest.bind(ports.alertLog);
    ports.alertLog.newest = async (...asked) => {
      const rows = await newest(...asked);
      await ports.alertLog.append([makeAlert({ id: "late", exchange: "DEMO" })]);
      return rows;
    };
    const app = makeApp(ports);
    const { last } = v.parse(AlertEventsBody, (await ask(app, "/api/kr/events?limit=1")).json);
    const next = v.parse(AlertEventsBody, (await ask(app, `/api/kr/events?after=${last}`)).json);
    expect(next.events.map(({ id }) => id)).toEqual(["late"]);
  });

  it("[AL26] goes on behind rows that cannot be read, however many there are", async ({ expect }) => {
    const ports = await stage();
    const after = ports.alertLog.after.bind(ports.alertLog);
    ports.alertLog.after = async (...asked) => {
      const rows = await after(...asked);
      return rows.map((row) => (row.position < 16 ? { ...row, event: null, fault: "not an event" } : row));
    };
    const { json } = await ask(makeApp(ports), "/api/kr/events?after=0&limit=3");
    expect(v.parse(AlertEventsBody, json).events.map(({ id }) => id)).toEqual(["e16", "e18"]);
  });

  it("[RT47][RT5] is kept by its tag while nothing was saved, and refuses what is out of range", async ({
    expect,
  }) => {
    const ports = await stage();
    const app = makeApp(ports);
    const again = async (tag: string): Promise<Answer> =>
      await ask(app, "/api/kr/events", { headers: { "If-None-Match": tag } });
    const tag = (await ask(app, "/api/kr/events")).headers.get("ETag") ?? "";
    expect((await again(tag)).status).toBe(304);
    await ports.alertLog.append([alertOfKind("gate")]);
    expect((await again(tag)).status).toBe(200);
    for (const query of ["after=-1", "after=1e3", "limit=0", "limit=201", "after=1&after=2"]) {
      expect([query, (await ask(app, `/api/kr/events?${query}`)).status]).toEqual([query, 400]);
    }
  });

  it("[RT47][RT48][RD2] shows a private exchange to nobody who has not logged in", async ({ expect }) => {
    const ports = await stage();
    const app = makeApp({ ...ports, ...(ports.readers && { readers: { ...ports.readers, rule: "owner" } }) });
    ports.settings.exchange = "KRX";
    for (const path of ["/api/kr/events", "/feed.xml"]) {
      expect([path, (await ask(app, path)).status]).toEqual([path, 401]);
    }
    expect((await ask(app, "/api/kr/events?exchange=DEMO")).status).toBe(200);
  });
});

/** The names of a document's elements in their order with their texts; throws for what is not well-formed. */
function elementsOf(xml: string): readonly (readonly [name: string, text: string])[] {
  const open: string[] = [];
  const found: [string, string][] = [];
  const rest = xml
    .replace(/^<\?xml version="1\.0" encoding="utf-8"\?>\n/u, "")
    .replaceAll(
      /<(\/?)([a-z]+)((?: [a-z:]+="[^"<]*")*)(\/?)>([^<]*)/gu,
      (_, end: string, name: string, attributes: string, empty: string, text: string) => {
        if (end === "/" && open.pop() !== name) {
          throw new Error(`${name} ends what it did not begin`);
        }
        if (end === "" && empty === "") {
          open.push(name);
        }
        if (end === "") {
          found.push([name, `${attributes}${text}`]);
        }
        return /&(?!(?:amp|lt|gt|quot|apos);)/u.test(attributes + text) ? "&" : "";
      },
    );
  if (
    rest !== "" ||
    open.length > 0 ||
    /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u.test(xml)
  ) {
    throw new Error(`not well-formed: ${rest.slice(0, 80)}${open.join(" ")}`);
  }
  return found;
}

const textsOf = (xml: string, name: string): readonly string[] =>
  elementsOf(xml).flatMap(([of, text]) => (of === name ? [text] : []));

async function feedOf(
  events: readonly AlertEvent[],
  address = "https://radar.example/feed.xml?lang=en",
  overrides: Parameters<typeof makeMemoryPorts>[0] = {},
): Promise<Answer> {
  const ports = makeMemoryPorts(overrides);
  await ports.alertLog.append(events);
  ports.settings.exchange = "KRX";
  return await ask(makeApp(ports), address);
}

describe("/feed.xml", () => {
  it("[RT48] is an Atom feed of the newest 100, the newest first, that names itself", async ({ expect }) => {
    const many = Array.from({ length: 120 }, (_, i) => makeAlert({ id: `e${i}`, at: ALERT_AT + i * 1_000 }));
    const { text, headers, status } = await feedOf(many);
    expect([status, headers.get("Content-Type")]).toEqual([200, "application/atom+xml; charset=utf-8"]);
    expect(textsOf(text, "entry")).toHaveLength(100);
    expect(textsOf(text, "updated").slice(0, 2)).toEqual(
      Array.from({ length: 2 }, () => "2025-06-13T10:34:04.000+09:00"),
    );
    expect(textsOf(text, "feed")[0]).toContain('xmlns="http://www.w3.org/2005/Atom" xml:lang="en"');
    const ids = textsOf(text, "id");
    expect(new Set(ids).size).toBe(101);
    expect(
      ids.every((id) => /^urn:uuid:[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/.test(id)),
    ).toBe(true);
    expect(textsOf(text, "link").slice(0, 3)).toEqual([
      ' rel="self" type="application/atom+xml" href="https://radar.example/feed.xml?lang=en"\n',
      ' rel="alternate" type="text/html" href="https://radar.example/"\n',
      ' rel="alternate" type="text/html" href="https://radar.example/signals/900010.20250128.20250415"\n',
    ]);
    expect([textsOf(text, "title")[1], textsOf(text, "content")[0]]).toEqual([
      "Breakout confirmed · Hanbitjeonja (한빛전자) 900010",
      ' type="text"Price 71,200 · pivot 70,000 · stop 66,500 · 2025-06-13 10:34 KST\nNot advice to buy or sell.',
    ]);
    for (const required of ["name", "subtitle", "category", "published"]) {
      expect([required, textsOf(text, required).length > 0]).toEqual([required, true]);
    }
  });

  it("[RT48] keeps its ids in the other language and at another address, which PUBLIC_URL sets", async ({
    expect,
  }) => {
    const [en, ko] = [
      (await feedOf([makeAlert()])).text,
      (await feedOf([makeAlert()], "http://127.0.0.1:8787/feed.xml", { publicUrl: "https://own.example" }))
        .text,
    ];
    expect(textsOf(ko, "id")).toEqual(textsOf(en, "id"));
    expect(textsOf(ko, "title")).toEqual(["VCP 레이더 · KRX", "돌파 확정 · 한빛전자 900010"]);
    expect(textsOf(ko, "link")[0]).toContain('href="https://own.example/feed.xml?lang=ko"');
  });

  it("[RT48] names what a correction takes back, also where it is no longer in the feed", async ({
    expect,
  }) => {
    const withdrawn = makeAlert();
    const base = { exchange: "KRX", day: withdrawn.day, at: ALERT_AT + 1, kind: "withdrawn" } as const;
    const { text } = await feedOf([
      withdrawn,
      { ...base, id: `${withdrawn.id}:withdrawn@1`, of: withdrawn.id },
      { ...base, id: "x:withdrawn@1", of: "x" },
    ]);
    expect(textsOf(text, "title").slice(1)).toEqual([
      "Correction, withdrawn: x",
      "Correction, withdrawn: breakout confirmed · Hanbitjeonja (한빛전자) 900010",
      "Breakout confirmed · Hanbitjeonja (한빛전자) 900010",
    ]);
  });

  it("[RT48] answers 304 while it is the same, an empty one too, and refuses another language", async ({
    expect,
  }) => {
    for (const events of [[], [makeAlert()]]) {
      const ports = makeMemoryPorts();
      ports.settings.exchange = "KRX";
      await ports.alertLog.append(events);
      const app = makeApp(ports);
      const { headers, text } = await ask(app, "/feed.xml");
      expect([headers.get("Cache-Control"), textsOf(text, "entry").length]).toEqual([
        "no-cache",
        events.length,
      ]);
      const tagged = { headers: { "If-None-Match": headers.get("ETag") ?? "" } };
      expect((await ask(app, "/feed.xml", tagged)).status).toBe(304);
      await ports.alertLog.append([alertOfKind("gate")]);
      expect((await ask(app, "/feed.xml", tagged)).status).toBe(200);
      expect((await ask(app, "/feed.xml?lang=fr")).status).toBe(400);
    }
  });

  it("[RT48] is well-formed, whatever names hold", async ({ expect }) => {
    const name = fc.oneof(
      fc.string({ unit: "binary", maxLength: 40 }),
      fc.constantFrom("]]><!--", "<b>&amp;</b>", "\u0000\uFFFE\uFFFF", "\uD800", `"'><script>`),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(name, { minLength: 1, maxLength: 8 }), async (names) => {
        const events = names.map((one, i) => makeAlert({ id: `${i}${one}`, name: one, signalId: one }));
        const { text, status } = await feedOf(events);
        expect([status, textsOf(text, "entry").length]).toEqual([200, names.length]);
      }),
      { seed: 20261130, numRuns: 100 },
    );
  });
});
