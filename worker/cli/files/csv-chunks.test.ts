import * as fc from "fast-check";
import { it } from "vitest";
import { type Chunk, chunksOf } from "./csv-chunks.ts";

const HEADER = "ticker,date,close\n";

async function cut(text: string, limit: number, readSize = 7): Promise<readonly Chunk[]> {
  const bytes = Buffer.from(text);
  async function* source(): AsyncGenerator<Uint8Array> {
    for (let i = 0; i < bytes.length; i += readSize) {
      yield await Promise.resolve(bytes.subarray(i, i + readSize));
    }
  }
  const chunks: Chunk[] = [];
  for await (const chunk of chunksOf(source(), limit)) {
    chunks.push(chunk);
  }
  return chunks;
}

function bodyOf(chunk: Chunk): string {
  return Buffer.from(chunk.bytes).toString("utf8").slice(HEADER.length);
}

function lines(count: number, line: (i: number) => string): string {
  return Array.from({ length: count }, (_, i) => line(i)).join("");
}

it("[CL1] gives the file back, with every line's number", async ({ expect }) => {
  const end = fc.constantFrom("\n", "\r\n", "\r");
  const key = fc.constantFrom("000020", "000040", "000070");
  const line = fc.tuple(
    key,
    fc.constantFrom("2025-06-12", "2025-06-13"),
    fc.constantFrom("1", '"a,b"', '"x\ny"'),
    end,
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(line, { maxLength: 40 }),
      fc.integer({ min: 80, max: 300 }),
      fc.integer({ min: 1, max: 90 }),
      async (parts, limit, readSize) => {
        const body = parts
          .map(([ticker, date, close, ending]) => `${ticker},${date},${close}${ending}`)
          .join("");
        const chunks = await cut(HEADER + body, limit, readSize);
        expect(chunks.map(bodyOf).join("")).toBe(body);
        expect(chunks.map((chunk) => chunk.index)).toEqual(chunks.map((_, i) => i));
        expect(chunks.map((chunk) => chunk.last)).toEqual(chunks.map((_, i) => i === chunks.length - 1));
        let before = 2;
        for (const chunk of chunks) {
          expect(chunk.bytes.length).toBeLessThanOrEqual(limit);
          expect(Buffer.from(chunk.bytes).toString("utf8").startsWith(HEADER)).toBe(true);
          expect(chunk.firstLine).toBe(before);
          before += bodyOf(chunk).split(/\r\n?|\n/).length - 1;
        }
      },
    ),
    { seed: 5, numRuns: 150 },
  );
});

it("[CL1] makes one chunk of a file without rows or without anything", async ({ expect }) => {
  const only = await cut(HEADER, 100);
  expect(only.map((chunk) => [Buffer.from(chunk.bytes).toString(), chunk.last])).toEqual([[HEADER, true]]);
  expect((await cut("", 100)).map((chunk) => [chunk.bytes.length, chunk.last])).toEqual([[0, true]]);
});

it("[CL1] refuses a file without line ends", async ({ expect }) => {
  await expect(cut(`${HEADER}${"x".repeat(500)}`, 100)).rejects.toThrow("line 2: no line end");
});

it("[CL2] finds the line ends of a file with a stray quote, and leaves whole quotations whole", async ({
  expect,
}) => {
  const stray = lines(900, (i) => `${String(i).padStart(6, "0")},2025-01-10,${i === 7 ? '"' : ""}1\n`);
  const chunks = await cut(HEADER + stray, 5_000);
  expect(chunks.map(bodyOf).join("")).toBe(stray);
  expect(chunks.length).toBeGreaterThan(2);
  const note = lines(300, (i) => `${String(i).padStart(6, "0")},2025-01-10,"${i}\n${i}"\n`);
  for (const chunk of await cut(HEADER + note, 2_000)) {
    expect(bodyOf(chunk)).toMatch(/^(?:\d{6},2025-01-10,"\d+\n\d+"\n)+$/);
  }
});
