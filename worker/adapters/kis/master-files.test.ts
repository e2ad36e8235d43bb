import { unzipSync, zipSync } from "fflate";
import { describe, it } from "vitest";
import { encodeCp949 } from "../../testing/builders/cp949.ts";
import { masterFile } from "../../testing/fakes/kis/kis-master.ts";
import { dayOf, type KisStage, stageKis } from "../../testing/stage/kis-stage.ts";
import { Cp949Decoder } from "../csv/cp949.ts";
import { readMasterFile } from "./master-files.ts";
import { LAYOUTS, type MasterBoard, type MasterField } from "./master-layout.ts";
import { readMasterLines } from "./master-lines.ts";

const DAY = dayOf("2026-09-16");

async function withStage(play: (stage: KisStage) => Promise<void>): Promise<void> {
  const stage = await stageKis({ at: "2026-09-16T08:40:00" });
  try {
    await play(stage);
  } finally {
    await stage.end();
  }
}

/** The text of a file of the fake, which places its fields by a table of its own. */
async function textOf(board: MasterBoard): Promise<string> {
  let text = "";
  await withStage((stage) => {
    const [bytes = new Uint8Array()] = Object.values(
      unzipSync(masterFile(board, stage.exchange.rows(DAY, board))),
    );
    text = new Cp949Decoder().decode(bytes, { stream: false });
    return Promise.resolve();
  });
  return text;
}

/** `byte` stands for the whole text, where it is given. */
function packed(text: string, name = "kospi_code.mst", byte?: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(
    zipSync({ [name]: byte === undefined ? encodeCp949(text) : Uint8Array.of(byte, byte) }),
  );
}

/** Files of so many zeros. */
function zipped(files: Readonly<Record<string, number>>): Uint8Array<ArrayBuffer> {
  const contents = Object.entries(files).map(([name, length]) => [name, new Uint8Array(length)] as const);
  return Uint8Array.from(zipSync(Object.fromEntries(contents), { level: 1 }));
}

/** Whoever unpacks the second one fails: its packed bytes are no deflate. */
function spoilt(): Uint8Array<ArrayBuffer> {
  const bytes = zipped({ "a.mst": 9, "b.mst": 5_000 });
  const second = Buffer.from(bytes).indexOf("b.mst") + "b.mst".length;
  bytes.fill(0xff, second, second + 12);
  return bytes;
}

function manyFiles(): Readonly<Record<string, number>> {
  return Object.fromEntries(Array.from({ length: 200 }, (_, n) => [`${n}.txt`, 1]));
}

const only = (file: string, answer: () => Response) => (request: Request) =>
  request.url.includes(file) ? answer() : null;

describe("the layout of the master files", () => {
  it("[KI9] the widths of a tail add up to those of the files, field by field", ({ expect }) => {
    expect([LAYOUTS.KOSPI.width, LAYOUTS.KOSPI.fields]).toEqual([227, 70]);
    expect([LAYOUTS.KOSDAQ.width, LAYOUTS.KOSDAQ.fields]).toEqual([221, 64]);
  });

  it.for([
    ["KOSPI", "group:0:2 spac:29:1 base:41:9 halt:60:1 liquidation:61:1 administration:62:1 warning:63:2"],
    ["KOSPI", "volume:81:12 listed:105:8 shares:113:15 preferred:158:1"],
    ["KOSDAQ", "group:0:2 spac:24:1 caution:30:1 base:36:9 halt:55:1 liquidation:56:1 administration:57:1"],
    ["KOSDAQ", "warning:58:2 volume:76:12 listed:100:8 shares:108:15 preferred:153:1"],
  ] as const)("[KI9] of %s: %s", ([board, places], { expect }) => {
    const tail = Array.from({ length: 227 }, (_, n) => String.fromCodePoint(0x4e00 + n)).join("");
    const fields: Readonly<Record<string, MasterField>> = Object.fromEntries(
      (
        [
          "group",
          "spac",
          "caution",
          "base",
          "halt",
          "liquidation",
          "administration",
          "warning",
          "volume",
          "listed",
          "shares",
          "preferred",
        ] as const
      ).map((field) => [field, field]),
    );
    for (const place of places.split(" ")) {
      const [name = "", at, width] = place.split(":");
      const field = fields[name] ?? raise();
      expect(LAYOUTS[board].read(tail, field)).toBe(tail.slice(Number(at), Number(at) + Number(width)));
    }
  });

  it.for(["KOSPI", "KOSDAQ"] as const)(
    "[KI9] a line of %s that is one sign longer or shorter anywhere is refused",
    async (board, { expect }) => {
      const lines = (await textOf(board)).replace(/\n$/, "").split("\n");
      const [first = ""] = lines;
      const begins = first.length - LAYOUTS[board].width;
      for (let at = begins; at < first.length; at++) {
        for (const spoiled of [
          `${first.slice(0, at + 1)} ${first.slice(at + 1)}`,
          `${first.slice(0, at)}${first.slice(at + 1)}`,
        ]) {
          expect(readMasterLines(board, `${spoiled}\n${lines[1] ?? ""}`)).toMatchObject({
            line: 1,
            unreadable: expect.any(String),
          });
        }
      }
    },
  );

  it("[KI9] the file of one board is none of the other's", async ({ expect }) => {
    expect(readMasterLines("KOSPI", await textOf("KOSDAQ"))).toMatchObject({ line: 1 });
    expect(readMasterLines("KOSDAQ", await textOf("KOSPI"))).toMatchObject({ line: 1 });
  });

  it.for([
    ["a flag that is none", 60, "2"],
    ["a base price that is no number", 41, "   12,000"],
    ["a listing day that no calendar has", 105, "20260231"],
    ["a count of shares that is none", 113, "12.5           "],
    ["a preferred flag that is none", 158, "Y"],
  ] as const)("[KI9] a line with %s is refused", async ([, at, text], { expect }) => {
    const [first = ""] = (await textOf("KOSPI")).split("\n");
    const begins = first.length - 227 + at;
    const spoiled = first.slice(0, begins) + text + first.slice(begins + text.length);
    expect(readMasterLines("KOSPI", `${spoiled}\n`)).toMatchObject({
      line: 1,
      unreadable: expect.stringContaining(text),
    });
  });
});

describe("the master of KIS", () => {
  it("[KI10] has base prices, halts and listed shares to the thousand", async ({ expect }) => {
    await withStage((stage) => {
      for (const board of ["KOSPI", "KOSDAQ"] as const) {
        const rows = stage.exchange.rows(DAY, board);
        const { shares, unknown } = readMasterFile(board, masterFile(board, rows));
        expect(unknown.size).toBe(0);
        expect(
          shares.map(({ ticker, basePrice, isHalted, listedShares }) => ({
            ticker,
            basePrice,
            isHalted,
            listedShares,
          })),
        ).toEqual(
          rows.map(({ listing, base }) => ({
            ticker: listing.ticker,
            basePrice: base,
            isHalted: listing.isHalted,
            listedShares: 1_000 * Math.floor(listing.shares / 1_000),
          })),
        );
        expect(shares.some(({ isHalted }) => isHalted)).toBe(true);
      }
      return Promise.resolve();
    });
  });

  it("[KI10] a zero is missing, and a group that nobody knows is no share and is named", async ({
    expect,
  }) => {
    const [first = "", second = ""] = (await textOf("KOSPI")).split("\n");
    const begins = first.length - 227;
    const zero = `${first.slice(0, begins + 113)}${"0".repeat(15)}${first.slice(begins + 128)}`;
    const other = `${second.slice(0, second.length - 227)}ZZ${second.slice(second.length - 225)}`;
    const lines = readMasterLines("KOSPI", `${zero}\r\n${other}\r\n`);
    expect(lines).toMatchObject({ shares: [{ listedShares: null }], unknown: new Map([["ZZ", 1]]) });
  });

  it("[KI10] funds and notes that are traded like shares are none", async ({ expect }) => {
    await withStage(async (stage) => {
      const answer = await stage.kis.master.instruments(DAY);
      const tickers = answer.status === "ok" ? answer.value.map(({ ticker }) => ticker) : [];
      expect(tickers.length).toBe(stage.exchange.rows(DAY).length);
      expect(tickers).not.toContain("569510");
      expect(stage.fake.tokens.asked).toBe(0);
    });
  });

  it("[KI10] it is of today: another day is not ready", async ({ expect }) => {
    await withStage(async (stage) => {
      const { master } = stage.kis;
      const now = stage.clock.now();
      const answers = [
        await master.instruments(dayOf("2026-09-15")),
        await master.instruments(dayOf("2026-09-17")),
      ];
      for (const answer of answers) {
        expect(answer.status === "not_ready" ? answer.retryAt : 0).toBeGreaterThan(now);
      }
      expect(stage.fake.calls.size).toBe(0);
    });
  });

  it.for([
    ["no zip", "no zip", () => new Response("a text")],
    ["nothing", "no zip", () => new Response("")],
    ["a zip that is cut", "unpacked", () => new Response(packed("x".repeat(5_000)).subarray(0, 60))],
    ["a zip without the file", "no master file", () => new Response(packed("x\n", "readme.txt"))],
    ["a zip with two", "more than one", () => new Response(zipped({ "a.mst": 9, "b.mst": 9 }))],
    [
      "a file that unpacks without end",
      "no master file",
      () => new Response(zipped({ "a.mst": 17_000_000 })),
    ],
    ["a zip with two of which the second would be the bomb", "more than one", () => new Response(spoilt())],
    ["a zip of entries without end", "cannot be unpacked", () => new Response(zipped(manyFiles()))],
    ["a file in another encoding", "CP949", () => new Response(packed("", "a.mst", 0xff))],
    ["a file of short lines", "line 1: 6 characters", () => new Response(packed("005930\n"))],
    ["a file without a line", "line 1: 0 characters", () => new Response(packed(""))],
    ["more than it may have", "more than 4194304 bytes", () => new Response(new Uint8Array(4_200_000))],
    ["nothing at that address", "status 404", () => new Response("Not Found", { status: 404 })],
  ] as const)(
    "[KI10] %s is refused by name, and the other board is not read half",
    async ([, reason, answer], { expect }) => {
      await withStage(async (stage) => {
        stage.tamper(only("kosdaq_code", answer));
        const error: unknown = await stage.kis.master.instruments(DAY).catch((thrown: unknown) => thrown);
        expect(error).toMatchObject({ neighbour: "KIS", retryable: false });
        expect(String(error)).toMatch(/kosdaq_code|the master of KOSDAQ/);
        expect(String(error)).toContain(reason);
      });
    },
  );

  it("[KI10] a code that stands twice in one file is refused", async ({ expect }) => {
    const [first = ""] = (await textOf("KOSPI")).split("\n");
    expect(readMasterLines("KOSPI", `${first}\n${first}\n`)).toMatchObject({
      line: 2,
      unreadable: expect.stringContaining("stands twice"),
    });
  });

  it("[KI10] a code that stands in both files is refused", async ({ expect }) => {
    const kosdaq = await textOf("KOSDAQ");
    await withStage(async (stage) => {
      const code = stage.exchange.rows(DAY, "KOSPI")[0]?.listing.ticker ?? raise();
      const doubled = `${code}${kosdaq.slice(6)}`;
      stage.tamper(only("kosdaq_code", () => new Response(packed(doubled, "kosdaq_code.mst"))));
      await expect(stage.kis.master.instruments(DAY)).rejects.toThrow(`${code} stands in the other file too`);
    });
  });

  it("[KI10] a host that is overloaded is asked again, and one that blocks is not", async ({ expect }) => {
    await withStage(async (stage) => {
      let tries = 0;
      stage.tamper(() => ((tries += 1) < 3 ? new Response("", { status: 503 }) : null));
      expect((await stage.kis.master.instruments(DAY)).status).toBe("ok");
      stage.tamper(() => new Response("<html>Blocked</html>"));
      expect(await stage.kis.master.instruments(DAY)).toMatchObject({ status: "denied", why: "blocked" });
      const counted = await stage.counted();
      expect((await stage.reborn().master.instruments(DAY)).status).toBe("denied");
      expect(await stage.counted()).toBe(counted);
      expect((await stage.kis.oracle.sessions(DAY).catch(() => null))?.status).toBe("denied");
    });
  });
});

function raise(): never {
  throw new Error("There is none");
}
