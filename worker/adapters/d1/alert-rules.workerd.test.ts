import { applyD1Migrations, reset } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, it } from "vitest";
import type { PushSubscriber } from "../../app/ports/alert-rules.ts";
import { makeRule } from "../../testing/builders/alert-builder.ts";
import { D1AlertRules } from "./alert-rules.ts";

beforeEach(async () => {
  await reset();
  await applyD1Migrations(env.DB, env.TEST_MIGRATIONS);
});

const PHONE: PushSubscriber = {
  id: "phone",
  endpoint: "https://push.example/1",
  p256dh: "p",
  auth: "a",
  tokenHash: "t",
  isReader: true,
  network: "203.0.113.0/24",
  createdAt: 5,
};

it("[AL18] keeps the rules of each holder apart, and one for each holder and id", async ({ expect }) => {
  const store = new D1AlertRules(env.DB, "token");
  const [first, second] = [makeRule({ id: "r" }), makeRule({ id: "r", cooldown: 60 })];
  const quiet = { from: 1_200, until: 450, zone: "Asia/Seoul" };
  await store.putRule({ holder: "owner", rule: first }, 1);
  await store.putRule({ holder: "owner", rule: second }, 2);
  await store.putSubscriber(PHONE, [makeRule({ id: "r", quiet })], 3);
  expect(await store.rules()).toEqual([
    { holder: "owner", rule: second },
    { holder: "phone", rule: makeRule({ id: "r", quiet }) },
  ]);
  await store.dropRule("phone", "r");
  await store.dropRule("owner", "none");
  expect(await store.rules()).toEqual([{ holder: "owner", rule: second }]);
});

it("[AL18] replaces a subscription and its rules as a whole, also by another of the same endpoint", async ({
  expect,
}) => {
  const store = new D1AlertRules(env.DB, "token");
  await store.putSubscriber(PHONE, [makeRule({ id: "a" }), makeRule({ id: "b" })], 1);
  const changed = { ...PHONE, isReader: false, network: null };
  await store.putSubscriber(changed, [makeRule({ id: "c" })], 2);
  expect([await store.subscribers(), (await store.rules()).map(({ rule }) => rule.id)]).toEqual([
    [changed],
    ["c"],
  ]);
  await store.putSubscriber({ ...PHONE, id: "again" }, [makeRule({ id: "d" })], 3);
  expect((await store.subscribers()).map(({ id }) => id)).toEqual(["again"]);
  expect((await store.rules()).map(({ holder }) => holder)).toEqual(["again"]);
  await store.dropSubscriber("again");
  expect([await store.subscribers(), await store.rules()]).toEqual([[], []]);
});

it("[AL36] holds who subscribed under another token of the owner for no reader", async ({ expect }) => {
  await new D1AlertRules(env.DB, "token").putSubscriber(PHONE, [makeRule()], 1);
  await new D1AlertRules(env.DB, "token").putSubscriber(
    { ...PHONE, id: "b", endpoint: "https://b.example" },
    [],
    1,
  );
  await env.DB.prepare("update push_subscription set is_reader = 1 where id = 'b'").run();
  const readersUnder = async (token: string): Promise<readonly boolean[]> =>
    (await new D1AlertRules(env.DB, token).subscribers()).map(({ isReader }) => isReader);
  expect([await readersUnder("token"), await readersUnder("another")]).toEqual([
    [false, true],
    [false, false],
  ]);
});

it("[AL26] leaves out the rules and subscriptions that cannot be read, and names each without its address", async ({
  expect,
}) => {
  const store = new D1AlertRules(env.DB, "token");
  const quiet = { from: 0, until: 60, zone: "Asia/Seoul" };
  for (const id of ["a", "b", "c"]) {
    const endpoint = `https://push.example/${id}`;
    await store.putSubscriber({ ...PHONE, id, endpoint }, [makeRule({ id: "r", quiet })], 1);
  }
  await env.DB.batch([
    env.DB.prepare("update alert_rule set detail = '{' where holder = 'a'"),
    env.DB.prepare(
      "update alert_rule set detail = json_set(detail, '$.quiet.zone', 'Mars/Base') where holder = 'b'",
    ),
    env.DB.prepare("update push_subscription set endpoint = 'its-secret-path' where id = 'b'"),
  ]);
  const unread: string[] = [];
  const note = (row: string, fault: unknown): void => {
    unread.push(row, String(fault));
  };
  expect((await store.rules(note)).map(({ holder }) => holder)).toEqual(["c"]);
  expect((await store.subscribers(note)).map(({ id }) => id)).toEqual(["a", "c"]);
  expect(unread.filter((_, i) => i % 2 === 0)).toEqual([
    "alert_rule a/r",
    "alert_rule b/r",
    "push_subscription b",
  ]);
  expect(unread.join(" ")).not.toContain("its-secret-path");
});
