import { describe, it } from "vitest";
import {
  PUBLIC_ADDRESSES,
  PUBLIC_TARGETS,
  REFUSED_ADDRESSES,
  REFUSED_TARGETS,
} from "../../testing/fakes/alerts/target-samples.ts";
import { MemoryLog } from "../../testing/memory/memory-log.ts";
import { makeAlertTargets } from "./alert-target.ts";

const NAME = "https://hooks.radar-check.com/x";

/** `addresses` are those of every name. */
function stage(addresses: readonly string[] | null = ["1.1.1.1"], exempt = "") {
  const log = new MemoryLog();
  const asked: string[] = [];
  const resolve = (name: string) => {
    asked.push(name);
    return Promise.resolve(addresses);
  };
  return { targets: makeAlertTargets({ exempt, resolve, log }), log, asked };
}

describe("where alerts may be sent to", () => {
  it.for(REFUSED_TARGETS)("[AL40] not to %s", async (target, { expect }) => {
    const { targets, asked } = stage();
    const refusal = await targets.refusal(target);
    expect(refusal).toMatch(/^its? /);
    expect(asked).toEqual([]);
  });

  it.for(PUBLIC_TARGETS)("[AL40] to %s", async (target, { expect }) => {
    expect(await stage().targets.refusal(target)).toBeNull();
  });

  it("[AL40] a refusal holds no part of the address", async ({ expect }) => {
    const { targets } = stage(["10.0.0.1"]);
    const secret = "https://hooks.radar-check.com:99/services/s3cret";
    for (const target of [
      secret,
      secret.replace(":99", ""),
      "https://s3cret:s3cret@a.com/",
      "https://s3cret/",
    ]) {
      expect(await targets.refusal(target)).not.toMatch(/s3cret|radar/);
    }
  });

  it.for(REFUSED_ADDRESSES)("[AL41] not where the name has the address %s", async (address, { expect }) => {
    expect(await stage([address]).targets.refusal(NAME)).toMatch(/resolves to an address/);
    expect(await stage(["1.1.1.1", "2606:4700:4700::1111", address]).targets.refusal(NAME)).not.toBeNull();
  });

  it.for(PUBLIC_ADDRESSES)("[AL41] where the name has the address %s", async (address, { expect }) => {
    expect(await stage([address, "8.8.8.8"]).targets.refusal(NAME)).toBeNull();
  });

  it("[AL41] a name is resolved each time, an address never", async ({ expect }) => {
    const { targets, asked } = stage();
    await targets.refusal(NAME);
    await targets.refusal(NAME);
    await targets.refusal("https://1.1.1.1/");
    expect(asked).toEqual(["hooks.radar-check.com", "hooks.radar-check.com"]);
  });

  it("[AL41] a name that nobody resolved is let through and logged, one that does not exist is let through", async ({
    expect,
  }) => {
    const unresolved = stage(null);
    expect(await unresolved.targets.refusal(NAME)).toBeNull();
    expect(unresolved.log.lines).toEqual([
      { level: "warn", event: "alert_target_unresolved", fields: { host: "hooks.radar-check.com" } },
    ]);
    expect(await stage([]).targets.refusal(NAME)).toBeNull();
  });

  it("[AL42] an origin that the owner named is exempt, exactly that one", async ({ expect }) => {
    const { targets, asked } = stage(["10.0.0.1"], "http://127.0.0.1:9000 https://nas.lan:9443/ nonsense");
    expect(await targets.refusal("http://127.0.0.1:9000/hook?x=1")).toBeNull();
    expect(await targets.refusal("http://2130706433:9000/hook"), "the same origin").toBeNull();
    expect(await targets.refusal("https://nas.lan:9443/x")).toBeNull();
    expect(asked).toEqual([]);
    for (const other of [
      "http://127.0.0.1/hook",
      "http://127.0.0.1:9001/hook",
      "https://127.0.0.1:9000/hook",
      "http://127.0.0.2:9000/hook",
      "http://me:secret@127.0.0.1:9000/hook",
      "https://nas.lan/x",
      "https://a.nas.lan:9443/x",
      "http://nas.lan:9443/x",
    ]) {
      expect(await targets.refusal(other), other).not.toBeNull();
    }
  });
});
