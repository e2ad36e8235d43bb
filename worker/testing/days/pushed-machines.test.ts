/** Machines that bring live prices, as they come, go and refuse: who counts, and for how long. */
import { describe, it } from "vitest";
import { PUSH_CLOSE, PUSH_SILENT } from "../../protocol/messages/pushed-prices.ts";
import { withStage } from "./pushed-stage.ts";

describe("machines that bring live prices", () => {
  it("[DR19] a refusal ends with a later run of the machine's program, and not with the same run's next socket", async ({
    expect,
  }) => {
    await withStage(async (stage) => {
      const hello = { type: "hello", version: 1, source: "kiwoom", slots: 5 };
      const opened: string[] = [];
      const attach = (run: string | undefined) => {
        const listener = stage.pushed.attach({
          send: (text) => {
            const { type, connection } = JSON.parse(text);
            if (type === "open") {
              opened.push(run ?? "none");
              queueMicrotask(() => {
                const down = { type: "down", connection, denied: "address_not_allowed", detail: "8050" };
                listener.onText(JSON.stringify(down));
              });
            }
          },
          close: () => undefined,
        });
        listener.onText(JSON.stringify({ ...hello, run }));
      };
      const pass = async (): Promise<void> => {
        for (let n = 0; n < 5; n++) {
          stage.kiwoom.clock.advance(1_000);
          await stage.driver.step();
          await Promise.resolve();
        }
      };
      attach("one");
      await pass();
      expect(opened).toEqual(["one"]);
      attach("one");
      await pass();
      attach(undefined);
      await pass();
      // Also after an eviction.
      stage.birth();
      attach("one");
      await pass();
      expect(opened).toEqual(["one"]);
      attach("two");
      await pass();
      expect(opened).toEqual(["one", "two"]);
    });
  });

  it("[KW29] a machine that returns no sign of life is gone, one that returns them or knows none stays", async ({
    expect,
  }) => {
    await withStage(async (stage) => {
      const hello = { type: "hello", version: 1, source: "kiwoom", slots: 5 };
      const waits: (() => void)[] = [];
      stage.wait = () =>
        new Promise((resolve) => {
          waits.push(resolve);
        });
      stage.birth();
      const attach = (greeting: object, answers: boolean): readonly number[] => {
        const closed: number[] = [];
        const listener = stage.pushed.attach({
          send: (text) => {
            if (answers && JSON.parse(text).type === "alive") {
              listener.onText('{"type":"alive"}');
            }
          },
          close: (code) => {
            closed.push(code);
          },
        });
        listener.onText(JSON.stringify(greeting));
        return closed;
      };
      const pass = async (): Promise<void> => {
        for (let n = 0; n < 4; n++) {
          stage.kiwoom.clock.advance(20_000);
          for (const resolve of waits.splice(0)) {
            resolve();
          }
          await new Promise((resolve) => {
            setTimeout(resolve, 0);
          });
        }
      };
      const old = attach(hello, false);
      await pass();
      const answering = attach({ ...hello, alive: true }, true);
      await pass();
      expect([old, answering, stage.pushed.isPresent()]).toEqual([[PUSH_CLOSE.replaced.code], [], true]);
      const silent = attach({ ...hello, alive: true }, false);
      await pass();
      expect([silent, stage.pushed.isPresent()]).toEqual([[PUSH_SILENT.code], false]);
      expect(stage.kiwoom.log.lines.filter(({ event }) => event === "machine_replaced")).toHaveLength(2);
    });
  });

  it("[KW16] a socket that was ended here attaches nothing any more, whatever is still on its way", async ({
    expect,
  }) => {
    await withStage(async (stage) => {
      const closed: number[] = [];
      const listener = stage.pushed.attach({
        send: () => undefined,
        close: (code) => {
          closed.push(code);
        },
      });
      listener.onText("{");
      listener.onText('{"type":"hello","version":1,"source":"kiwoom","slots":5}');
      expect([closed, stage.pushed.isPresent()]).toEqual([[PUSH_CLOSE.bad.code], false]);
      await stage.driver.step();
    });
  });

  it("[KW31] are named by the status: since when one is connected, or when it was last there", async ({
    expect,
  }) => {
    await withStage(async (stage) => {
      const { clock } = stage.kiwoom;
      expect(stage.driver.view().status.machine).toBeUndefined();
      const machine = stage.machine();
      const came = clock.now();
      clock.advance(60_000);
      expect(stage.driver.view().status.machine).toEqual({ isPresent: true, at: came });
      machine.die();
      const gone = { isPresent: false, at: clock.now() };
      clock.advance(60_000);
      expect(stage.driver.view().status.machine).toEqual(gone);
      stage.birth();
      expect(stage.driver.view().status.machine).toEqual(gone);
    });
  });
});
