/** What the service worker decides of a push message and of a press, without a browser. */
import { describe, it } from "vitest";
import { pushPayload } from "../../worker/adapters/alerts/push-payload.ts";
import { makeAlertMessage } from "../../worker/testing/builders/alert-builder.ts";
import { openNotice, type OpenNotice, pathWithin, planNotice, readPush, windowFor } from "./push-notice.ts";

const ORIGIN = "https://radar.example";
const AROUND = { origin: ORIGIN, language: "ko-KR", isQuiet: false, open: [] };

/** As the Worker sends it. */
function textOf(patch: Parameters<typeof makeAlertMessage>[0] = {}): string {
  return new TextDecoder().decode(pushPayload(makeAlertMessage(patch)));
}

function messageOf(ids: readonly string[], tag: string) {
  return readPush(JSON.stringify({ title: "t", body: "b", tag, url: null, ids }));
}

describe("a push message", () => {
  it("[UI280] is shown as the Worker has sent it, under the name of its newest event", ({ expect }) => {
    const sent = makeAlertMessage();
    const { title, options, closes } = planNotice(readPush(textOf()), AROUND);
    const [event] = sent.events;
    expect([title, options, closes]).toEqual([
      sent.title,
      {
        tag: event?.id,
        body: sent.text.slice(sent.title.length + 1),
        icon: "/icon-192.png",
        silent: false,
        data: { url: "/signals/900010.20250128.20250415", ids: [event?.id] },
      },
      [],
    ]);
    const test = planNotice(readPush(textOf({ kind: "test", key: "test-1", events: [] })), AROUND);
    expect([test.options.tag, test.options.data.ids]).toEqual(["test-1", []]);
  });

  it("[UI280] takes the place of what is about nothing else, and makes no second sound", ({ expect }) => {
    const open: OpenNotice[] = [
      { tag: "a", ids: ["a"] },
      { tag: "b", ids: ["b"] },
      { tag: "d", ids: ["c", "d"] },
      { tag: "test-1", ids: [] },
    ];
    const plan = planNotice(messageOf(["a", "b"], "k1"), { ...AROUND, isQuiet: true, open });
    expect([plan.options.tag, plan.closes, plan.options.silent]).toEqual(["b", ["a"], true]);
  });

  it("[UI280] of a correction takes the place of what is corrected, and leaves what still stands", ({
    expect,
  }) => {
    const open: OpenNotice[] = [{ tag: "b", ids: ["a", "b"] }];
    const whole = planNotice(messageOf(["a", "b"], "k2"), { ...AROUND, open });
    expect([whole.options.tag, whole.closes]).toEqual(["b", []]);
    const part = planNotice(messageOf(["b"], "k2"), { ...AROUND, open });
    expect([part.options.tag, part.closes]).toEqual(["k2", []]);
  });

  it("[UI280] that cannot be read is shown as that, in the language of the browser", ({ expect }) => {
    const unread = [null, "", "no JSON", "null", "[]", "{}", '{"title":"t"}', '{"title":1,"tag":"k"}'];
    expect(unread.map(readPush)).toEqual(unread.map(() => null));
    expect(readPush(JSON.stringify({ title: "x".repeat(201), tag: "k" }))).toBeNull();
    const [ko, en] = ["ko", "en-GB"].map((language) => planNotice(null, { ...AROUND, language }));
    expect([ko?.title, en?.title]).toEqual(["VCP 레이더 알림", "VCP Radar alert"]);
    expect(ko?.options).toMatchObject({ tag: "unreadable", data: { url: "/alerts", ids: [] } });
    const odd = readPush(JSON.stringify({ title: "t", tag: "k", body: 7, url: {}, ids: ["a", 1, "", null] }));
    expect(odd).toEqual({ title: "t", tag: "k", body: "", url: null, ids: ["a"] });
    expect(openNotice("k", null)).toEqual({ tag: "k", ids: [] });
  });
});

describe("a press on a notification", () => {
  it("[UI281] leads within this site, and to the alerts of the day where there is no such place", ({
    expect,
  }) => {
    const urls = ["/signals/a%2Fb?from=x#y", `${ORIGIN}/s/900010`, "/status"];
    expect(urls.map((url) => pathWithin(url, ORIGIN))).toEqual([urls[0], "/s/900010", "/status"]);
    const others = [
      "https://other.example/x",
      "//other.example",
      "javascript:alert(1)",
      "",
      null,
      7,
      "http://[",
    ];
    const alerts = others.map((url) => pathWithin(url, ORIGIN)).filter((path) => path !== "/");
    expect(new Set(alerts)).toEqual(new Set(["/alerts"]));
    expect(pathWithin("data:text/html,x", ORIGIN)).toBe("/alerts");
  });

  it("[UI281] leads the window that shows it, the one that is looked at, the last one, or none", ({
    expect,
  }) => {
    const open = (path: string, more: object = {}) => ({
      url: `${ORIGIN}${path}`,
      focused: false,
      visibilityState: "hidden",
      ...more,
    });
    const [last, seen, focused] = [
      open("/watch"),
      open("/", { visibilityState: "visible" }),
      open("/runs", { focused: true, visibilityState: "visible" }),
    ];
    const there = open("/signals/7");
    const other = { ...there, url: "https://other.example/signals/7", focused: true };
    const choose = (...all: (typeof last)[]) => windowFor(all, ORIGIN, "/signals/7");
    expect(choose(other, last, seen, focused, there)).toBe(there);
    expect(choose(other, last, seen, focused)).toBe(focused);
    expect(choose(last, seen)).toBe(seen);
    expect(choose(last, open("/archive"))).toBe(last);
    expect([choose(other), choose()]).toEqual([null, null]);
  });
});
