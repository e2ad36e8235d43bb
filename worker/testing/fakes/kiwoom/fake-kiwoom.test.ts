import { describe, it } from "vitest";
import { dayOf } from "../../stage/kis-stage.ts";
import {
  KIWOOM_APP_KEY,
  KIWOOM_SECRET_KEY,
  type KiwoomStage,
  stageKiwoom,
} from "../../stage/kiwoom-stage.ts";

/** A client that knows the vendor's documents and nothing of our adapter. */
async function ask(
  { fake }: KiwoomStage,
  service: string,
  path: string,
  body: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> = {},
): Promise<{
  readonly status: number;
  readonly next: string;
  readonly body: Readonly<Record<string, unknown>>;
}> {
  const answer = await fake.handle(
    new Request(`http://vendor.invalid${path}`, {
      method: "POST",
      headers: { "api-id": service, ...headers },
      body: JSON.stringify(body),
    }),
  );
  if (!(answer instanceof Response)) {
    throw new Error(answer);
  }
  const next = answer.headers.get("cont-yn") === "Y" ? (answer.headers.get("next-key") ?? "") : "";
  return { status: answer.status, next, body: Object(await answer.json()) };
}

const CREDENTIALS = {
  grant_type: "client_credentials",
  appkey: KIWOOM_APP_KEY,
  secretkey: KIWOOM_SECRET_KEY,
};

async function bearer(stage: KiwoomStage): Promise<Readonly<Record<string, string>>> {
  const { body } = await ask(stage, "au10001", "/oauth2/token", CREDENTIALS);
  return { authorization: `Bearer ${String(body["token"])}` };
}

const INFO = "/api/dostk/stkinfo";
const CHART = "/api/dostk/chart";

describe("the fake of Kiwoom", () => {
  it("[KW20] refuses with status 200: key, token, address, too many codes, and a path of another service", async ({
    expect,
  }) => {
    const stage = await stageKiwoom();
    try {
      const words = async (...asked: Parameters<typeof ask> extends [unknown, ...infer R] ? R : never) => {
        const { status, body } = await ask(stage, ...asked);
        return `${status} ${String(body["return_code"])} ${String(body["return_msg"]).replace(/^.*\[(\d+).*$/, "$1")}`;
      };
      const quotes = (count: number) => ({
        stk_cd: Array.from({ length: count }, (_, n) => String(100_000 + n)).join("|"),
      });
      expect(await words("au10001", "/oauth2/token", { ...CREDENTIALS, appkey: "other" })).toBe("200 3 8001");
      expect(await words("ka10095", INFO, quotes(1))).toBe("200 3 8005");
      const token = await bearer(stage);
      expect(await words("ka10095", INFO, quotes(110), token)).toBe("200 5 1634");
      expect(await words("ka10081", INFO, quotes(1), token)).toBe("200 2 1504");
      stage.clock.advance(1_000);
      stage.fake.traps.denied = "8050";
      expect(await words("ka10095", INFO, quotes(1), token)).toBe("200 3 8050");
      expect(await words("au10001", "/oauth2/token", CREDENTIALS)).toBe("200 3 8050");
    } finally {
      await stage.end();
    }
  });

  it("[KW20] takes five calls a second, and the sixth is 1700 with status 429 or 200", async ({ expect }) => {
    const stage = await stageKiwoom();
    try {
      const token = await bearer(stage);
      const once = async () => {
        const { status, body } = await ask(stage, "ka20006", CHART, { inds_cd: "001" }, token);
        return `${status} ${String(body["return_code"])}`;
      };
      const all = [];
      for (let n = 0; n < 7; n++) {
        all.push(await once());
      }
      expect(all.slice(0, 5)).toEqual(Array.from({ length: 5 }, () => "200 0"));
      expect(all.slice(5)).toEqual(["429 5", "200 5"]);
      stage.clock.advance(1_000);
      expect(await once()).toBe("200 0");
    } finally {
      await stage.end();
    }
  });

  it("[KW20] states in the headers alone that a part follows, and prices carry the sign of their day", async ({
    expect,
  }) => {
    const stage = await stageKiwoom();
    try {
      stage.fake.traps.pageRows = 9;
      const token = await bearer(stage);
      const asked = { stk_cd: "100000", base_dt: "20260911", upd_stkpc_tp: "0" };
      const first = await ask(stage, "ka10081", CHART, asked, token);
      expect(first.body["stk_dt_pole_chart_qry"]).toHaveLength(9);
      expect(JSON.stringify(first.body)).not.toContain(first.next);
      const second = await ask(stage, "ka10081", CHART, asked, {
        ...token,
        "cont-yn": "Y",
        "next-key": first.next,
      });
      const days = [first, second].flatMap(({ body }) =>
        Array.from(Object(body["stk_dt_pole_chart_qry"]), (row) => String(Object(row).dt)),
      );
      expect(days).toEqual(days.toSorted().toReversed());
      expect(new Set(days).size).toBe(18);
      const rows = stage.exchange.rows(dayOf("2026-09-16")).filter(({ volume }) => volume > 0);
      const quotes = await ask(
        stage,
        "ka10095",
        INFO,
        { stk_cd: rows.map(({ listing }) => listing.ticker).join("|") },
        token,
      );
      const prices = Array.from(Object(quotes.body["atn_stk_infr"]), (row) => String(Object(row).cur_prc));
      const signs = rows.map(({ close, base }) => (close > base ? "+" : close < base ? "-" : ""));
      expect(prices).toEqual(rows.map(({ close }, n) => `${signs[n]}${close}`));
      expect(new Set(signs).has("-")).toBe(true);
    } finally {
      await stage.end();
    }
  });
});
