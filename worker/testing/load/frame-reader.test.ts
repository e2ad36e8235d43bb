import fc from "fast-check";
import { describe, it } from "vitest";
import { HEAD_BYTES, makeFrameReader } from "./frame-reader.ts";

interface Sent {
  readonly opcode: number;
  readonly payload: Buffer;
}

function bytesOf({ opcode, payload }: Sent): Buffer {
  const { length } = payload;
  if (length < 126) {
    return Buffer.concat([Buffer.from([0x80 | opcode, length]), payload]);
  }
  if (length < 65_536) {
    return Buffer.concat([Buffer.from([0x80 | opcode, 126, length >> 8, length & 0xff]), payload]);
  }
  const long = Buffer.alloc(8);
  long.writeBigUInt64BE(BigInt(length));
  return Buffer.concat([Buffer.from([0x80 | opcode, 127]), long, payload]);
}

const payloads = fc.oneof(
  fc.uint8Array({ maxLength: 200 }),
  fc.integer({ min: 120, max: 70_000 }).map((length) => new Uint8Array(length).fill(length & 0xff)),
);
const frames = fc.array(
  fc.record({ opcode: fc.constantFrom(1, 8, 9), payload: payloads.map((bytes) => Buffer.from(bytes)) }),
  { maxLength: 5 },
);

describe("the reader of frames", () => {
  it("[BN1] finds the same frames however the stream is cut", ({ expect }) => {
    fc.assert(
      fc.property(frames, fc.array(fc.integer({ min: 1, max: 9_000 }), { minLength: 1 }), (sent, cuts) => {
        const stream = Buffer.concat(sent.map(bytesOf));
        const read: { opcode: number; length: number; head: string }[] = [];
        const reader = makeFrameReader(({ opcode, length, head }) => {
          read.push({ opcode, length, head: head.toString("hex") });
        });
        for (let at = 0, n = 0; at < stream.length; n++) {
          const cut = cuts[n % cuts.length] ?? 1;
          reader.feed(stream.subarray(at, at + cut));
          at += cut;
        }
        expect(read).toEqual(
          sent.map(({ opcode, payload }) => ({
            opcode,
            length: payload.length,
            head: payload.subarray(0, HEAD_BYTES).toString("hex"),
          })),
        );
      }),
      { seed: 7, numRuns: 200 },
    );
  });
});
