import { describe, it } from "vitest";
import { dayOf } from "../builders/signal-builder.ts";
import { SimulatedExchange } from "./exchange/simulated-exchange.ts";
import { readBody } from "./read-body.ts";
import { serveMarket } from "./served-market.ts";
import { VirtualClock } from "./virtual-clock.ts";

describe("the vendors on a port", () => {
  it("[FK9] they answer over HTTP at the variables that name them, end a connection, or keep silent", async ({
    expect,
  }) => {
    const clock = new VirtualClock(Date.parse("2026-09-15T08:10:00+09:00"));
    const days = { first: dayOf("2026-08-10"), last: dayOf("2026-10-16") };
    const market = await serveMarket(new SimulatedExchange({ ...days, names: 30, seed: 1 }), clock);
    try {
      const { vars, krx, kis } = market;
      const ask = (signal = AbortSignal.timeout(5_000)): Promise<Response> =>
        fetch(`${vars["KRX_BASE"]}/svc/apis/idx/kosdaq_dd_trd?basDd=20260914`, {
          headers: { AUTH_KEY: vars["KRX_AUTH_KEY"] ?? "" },
          signal,
        });
      expect((await readBody(await ask())).OutBlock_1?.length).toBe(4);
      const body = {
        grant_type: "client_credentials",
        appkey: vars["KIS_APP_KEY"],
        appsecret: vars["KIS_APP_SECRET"],
      };
      const token = await fetch(`${vars["KIS_REST_BASE"]}/oauth2/tokenP`, {
        method: "POST",
        body: JSON.stringify(body),
      });
      expect((await readBody(token)).access_token_token_expired).toBe("2026-09-16 08:10:00");
      expect((await fetch(`${vars["KIS_MASTER_BASE"]}/common/master/kospi_code.mst.zip`)).status).toBe(200);
      krx.traps.cut = true;
      await expect(ask()).rejects.toThrow();
      krx.traps.cut = false;
      krx.traps.silent = true;
      const silence = new AbortController();
      const asked = ask(silence.signal);
      await expect.poll(() => krx.callsInAll).toBe(3);
      silence.abort(new Error("no answer"));
      await expect(asked).rejects.toThrow("no answer");
      expect([krx.callsInAll, kis.tokens.messages]).toEqual([3, 1]);
    } finally {
      await market.end();
    }
  });
});
