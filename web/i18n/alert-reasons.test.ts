import { describe, it } from "vitest";
import { makeAlertTargets } from "../../worker/adapters/alerts/alert-target.ts";
import { outcomeOfStatus } from "../../worker/adapters/alerts/send-outcome.ts";
import { refusalOf } from "../../worker/http/routes/alerts.ts";
import { reasonText } from "./alert-reasons.ts";

const SOURCES = import.meta.glob<string>(
  [
    "../../worker/adapters/alerts/*.ts",
    "../../worker/notify/*.ts",
    "!**/*.test.ts",
    "!**/{alert-target,vapid,channel-store}.ts",
  ],
  { query: "?raw", import: "default", eager: true },
);

/** Names of rows for the log, and columns of the object's tables. */
const NO_REASON = /^an event of message|\b(?:NULL|EXISTS|TABLE|SELECT|UPDATE|INSERT|DELETE)\b/u;

/** What the sources state in sentences of four words or more, with a figure or a receiver in the place of what is put in. */
function reasonsIn(source: string): readonly string[] {
  const code = source.replaceAll(/^\s*(?:\/?\*|\/\/).*$/gmu, "");
  return [...code.matchAll(/"(?<text>[^"\n]*)"|`(?<template>[^`\n]*)`/gu)]
    .map(({ groups }) => groups?.["text"] ?? groups?.["template"] ?? "")
    .filter((text) => /(?:[A-Za-z]+ .*){3}/u.test(text) && !NO_REASON.test(text))
    .map((text) =>
      text
        .replaceAll(/\$\{(?:RECEIVER|receiver)\}/gu, "the webhook")
        .replaceAll("${refusal}", "it is not https")
        .replaceAll(/\$\{[^}]*\}/gu, "3")
        // What follows a refusal.
        .replace(/^; /u, "the push service refused with status 403; "),
    );
}

const ALL = Object.entries(SOURCES).flatMap(([file, source]) =>
  reasonsIn(source).map((reason) => [file, reason]),
);

describe("reasons of alerts", () => {
  it("[UI292] are in Korean for every refusal of an address, before and after it is kept", async ({
    expect,
  }) => {
    const targets = makeAlertTargets({
      exempt: "",
      resolve: async () => Promise.resolve(["10.0.0.1"]),
      log: { write: () => undefined },
    });
    const refused = await Promise.all(
      [
        "no address",
        "http://hooks.example/",
        "https://a:b@hooks.example/",
        "https://hooks.example:9000/",
        "https://10.0.0.1/",
        "https://inner/",
        "https://a..b/",
        "https://nas.local/",
        "https://hooks.example.com/",
      ].map(async (url) => targets.refusal(url)),
    );
    expect(new Set(refused).size).toBe(refused.length);
    for (const reason of refused) {
      const kept = refusalOf(reason ?? "").facts.detail;
      expect([reason, reasonText(kept, "ko")]).toEqual([reason, expect.stringMatching(/^이 주소로는/u)]);
      const sent = reasonText(`nothing is sent to this address: ${reason ?? ""}`, "ko");
      expect([reason, /[a-z]{3} [a-z]/u.test(sent.replace("https", ""))]).toEqual([reason, false]);
    }
  });

  it("[UI292] are in Korean, with their figures, for every outcome that the sources name", ({ expect }) => {
    expect(ALL.length).toBeGreaterThan(35);
    expect(ALL.filter(([, reason = ""]) => !/[가-힣]/u.test(reasonText(reason, "ko")))).toEqual([]);
    const of = (status: number): string => {
      const outcome = outcomeOfStatus({ status, headers: new Headers() }, "the webhook", 0);
      return outcome.kind === "sent" ? "" : reasonText(outcome.reason, "ko");
    };
    expect([of(503), of(302), of(404)]).toEqual([
      "웹훅 응답 503",
      "웹훅 응답 302: 다른 주소로 넘겼으나 따라가지 않음",
      "웹훅 거절, 응답 404",
    ]);
    expect([reasonText("something new", "ko"), reasonText("Telegram could not be reached", "en")]).toEqual([
      "something new",
      "Telegram could not be reached",
    ]);
  });
});
