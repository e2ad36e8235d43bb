/** A gateway that no call informed of a switch, on the real objects and the real store. */
import { evictDurableObject, runDurableObjectAlarm } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, it } from "vitest";
import { D1Settings } from "../../adapters/d1/settings.ts";
import { closeSockets, connect, gateway, openObjects, picture } from "../../testing/stage/live-objects.ts";

beforeEach(openObjects);
afterEach(closeSockets);

const settings = (): D1Settings => new D1Settings(env.DB);

async function helloOf(name: string): Promise<string> {
  const client = await connect(gateway(name));
  const [hello] = await client.next(1);
  return hello?.type === "connected" ? hello.exchange : "none";
}

describe("a gateway that missed a switch", () => {
  it("[WS6e] asks the store at its next birth, before it greets a socket", async ({ expect }) => {
    expect(await helloOf("weur/1")).toBe("KRX");
    expect((await gateway("weur/1").stats()).applied).toEqual({ exchange: "KRX", generation: 0 });
    await settings().setActiveExchange("DEMO");
    expect(await helloOf("weur/1")).toBe("KRX");
    await evictDurableObject(gateway("weur/1"), { webSockets: "close" });
    expect(await helloOf("weur/1")).toBe("DEMO");
    expect((await gateway("weur/1").stats()).applied).toEqual({ exchange: "DEMO", generation: 1 });
  });

  it("[WS6e] resets the values of a socket that slept over the switch", async ({ expect }) => {
    const client = await connect(gateway("weur/0"));
    client.send({ type: "subscribe", topic: "price:000010" });
    expect(picture(await client.next(2))).toEqual(["connected", "subscribed 0"]);
    await evictDurableObject(gateway("weur/0"));
    await settings().setActiveExchange("DEMO");
    await gateway("weur/0").stats();
    expect(picture(await client.next(1))).toEqual(["reset 0"]);
    await runDurableObjectAlarm(gateway("weur/0"));
  });

  it("[WS6e] does nothing when it is called to follow a switch that it has followed", async ({ expect }) => {
    const client = await connect(gateway("weur/0"));
    client.send({ type: "subscribe", topic: "price:000010" });
    await client.next(2);
    await settings().setActiveExchange("DEMO");
    await gateway("weur/0").followSwitch();
    await gateway("weur/0").followSwitch();
    expect(picture(await client.next(1))).toEqual(["reset 0"]);
    expect(picture(await client.rest())).toEqual([]);
  });
});
