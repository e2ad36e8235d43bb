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

/** What the sources state as a reason or a refusal: literal, with a figure or a receiver in the place of what is put in. */
function reasonsIn(source: string): readonly string[] {
  const found = source.matchAll(
    /(?:reason:|refused:|return|\? |giveUp\([^,]+,|withdraw\([^,]+,|reason = \?",)\s*(["`])(?<text>[^"`]*[a-z] [^"`]*)\1/gu,
  );
  return [...found]
    .map(({ groups }) => groups?.["text"] ?? "")
    .map((text) =>
      text
        .replaceAll(/\$\{(?:RECEIVER|receiver)\}/gu, "the webhook")
        .replaceAll("${refusal}", "it is not https")
        .replaceAll(/\$\{[^}]*\}/gu, "3"),
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
    expect(ALL.length).toBeGreaterThan(15);
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
