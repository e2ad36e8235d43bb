import * as fc from "fast-check";
import { describe, it } from "vitest";
import type { LiveKey } from "../../../app/ports/live-upstream.ts";
import { tickerOf } from "../../../core/nominal.ts";
import { type Change, Registrations } from "./registrations.ts";

const KEYS: readonly LiveKey[] = [
  "KOSPI",
  ...Array.from({ length: 60 }, (_, n) => tickerOf(String(100_000 + n))),
];

/** What the vendor does: it grants so many, and answers each message as its own state demands. */
class Vendor {
  readonly taken = new Set<LiveKey>();
  most = 0;
  readonly #grants: number;

  constructor(grants: number) {
    this.#grants = grants;
  }

  answer({ key, type }: Change): string {
    if (type === "remove") {
      return this.taken.delete(key) ? "OPSP0001" : "OPSP0003";
    }
    if (this.taken.has(key)) {
      return "OPSP0002";
    }
    if (this.taken.size >= this.#grants) {
      return "OPSP0008";
    }
    this.taken.add(key);
    this.most = Math.max(this.most, this.taken.size);
    return "OPSP0000";
  }
}

const isServed = (code: string): boolean => code === "OPSP0000" || code === "OPSP0001";

describe("registrations", () => {
  it("[KS3] come to the last list in its order, whatever lists came before and whenever answers come, within the slots", ({
    expect,
  }) => {
    const step = fc.oneof(
      fc.subarray([...KEYS], { maxLength: 60 }).map((keys) => ({ kind: "want", keys }) as const),
      fc.nat().map((n) => ({ kind: "answer", n }) as const),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), fc.integer({ min: 1, max: 41 }), (steps, slots) => {
        const [registrations, vendor] = [new Registrations(slots), new Vendor(41)];
        const sent: Change[] = [];
        let last: readonly LiveKey[] = [];
        const answer = (n: number): void => {
          const [change] = sent.splice(n % sent.length, 1);
          if (change !== undefined) {
            const code = vendor.answer(change);
            expect(registrations.answered(change.key, code, isServed(code))).toBe(true);
          }
        };
        for (const one of steps) {
          if (one.kind === "want") {
            last = one.keys;
            registrations.want(last);
          } else if (sent.length > 0) {
            answer(one.n);
          }
          sent.push(...registrations.next());
        }
        while (sent.length > 0) {
          answer(0);
          sent.push(...registrations.next());
        }
        expect(registrations.followed()).toEqual(last.slice(0, slots));
        expect(vendor.taken).toEqual(new Set(last.slice(0, slots)));
        expect(vendor.most).toBeLessThanOrEqual(slots);
      }),
      { seed: 18 },
    );
  });

  it("[KS3] ask for no more once the vendor granted fewer, and not again for what it refuses", ({
    expect,
  }) => {
    const [registrations, vendor] = [new Registrations(41), new Vendor(5)];
    registrations.want(KEYS.slice(0, 20));
    let messages = 0;
    for (let sent = registrations.next(); sent.length > 0; sent = registrations.next()) {
      for (const change of sent) {
        messages += 1;
        const code = vendor.answer(change);
        registrations.answered(change.key, code, isServed(code));
      }
    }
    expect(registrations.followed()).toEqual(KEYS.slice(0, 5));
    expect(messages).toBeLessThanOrEqual(8);

    const others = new Registrations(41);
    others.want(KEYS.slice(0, 2));
    for (const change of others.next()) {
      others.answered(change.key, change.key === "KOSPI" ? "OPSP0000" : "OPSQ2001", change.key === "KOSPI");
    }
    expect([others.followed(), others.next()]).toEqual([["KOSPI"], []]);
    expect(others.answered("KOSDAQ", "OPSP0000", true)).toBe(false);
  });

  it("[KS3] ask once to give back what the vendor does not take back, and leave its slot taken", ({
    expect,
  }) => {
    const registrations = new Registrations(2);
    const exchange = (code: (change: Change) => string): readonly string[] =>
      registrations.next().map((change) => {
        const answer = code(change);
        registrations.answered(change.key, answer, isServed(answer));
        return `${change.type} ${change.key}`;
      });
    registrations.want(["KOSPI", "KOSDAQ"]);
    exchange(() => "OPSP0000");
    registrations.want(KEYS.slice(1, 3));
    const refuse = ({ type }: Change): string => (type === "remove" ? "OPSP9999" : "OPSP0000");
    expect(exchange(refuse)).toEqual(["remove KOSPI", "remove KOSDAQ"]);
    expect(exchange(refuse)).toEqual([]);
    registrations.want(["KOSPI"]);
    expect(exchange(refuse)).toEqual([]);
    expect(registrations.followed()).toEqual(["KOSPI"]);
  });
});
