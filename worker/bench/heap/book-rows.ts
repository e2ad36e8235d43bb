/** The heaviest work of MarketBook and MarketFeed on the shipped Worker, asked for as an owner and a page ask for it. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { csvFileReader } from "../../adapters/csv/csv-file-reader.ts";
import { barPages } from "../../cli/backup/save-bars.ts";
import { type Chunk, chunksOf, PIECE_BYTES } from "../../cli/files/csv-chunks.ts";
import { makeOwnerClient, type OwnerBody, type OwnerClient } from "../../cli/terminal/owner-client.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";
import { walkMarket } from "../../testing/builders/walk-market.ts";
import { type RealWorker, startWorker } from "../../testing/stage/real-worker.ts";
import { waitUntil } from "../../testing/stage/wait-until.ts";
import { type Footprint, Isolate, tracingEnv } from "./isolate.ts";
import { byDay, byTicker, indicesOf, instrumentsOf, quoted, refused, shortest } from "./market-csv.ts";

export type NoteRow = (what: string, footprint: Footprint) => void;

const TICKERS = 2_700;
const BARS = 520;
/** Sessions that a file sorted by day corrects: each of its pieces touches every ticker. */
const CORRECTED = 60;
/** One more than a book keeps open: the last one folds them all. */
const DAYS_TO_A_FOLD = 21;
const BIRTH_MS = 120_000;
const STUDY_MS = 300_000;

interface Stage {
  readonly worker: RealWorker;
  readonly client: OwnerClient;
  readonly isolate: Isolate;
  readonly note: NoteRow;
}

export async function bookRows(note: NoteRow): Promise<void> {
  const stateDir = await mkdtemp(join(tmpdir(), "vcp-heap-"));
  const traces = join(stateDir, "traces");
  const worker = await startWorker({ stateDir, env: tracingEnv(traces) });
  try {
    const isolate = await Isolate.attach(worker.inspector, traces);
    const client = makeOwnerClient({ url: new URL(worker.url), token: worker.ownerToken });
    const stage = { worker, client, isolate, note };
    try {
      await demoRows(stage);
      await importRows(stage);
      await readingRows(stage);
      await oddPieces(stage);
    } finally {
      isolate.detach();
    }
  } finally {
    await worker.stop();
    await rm(stateDir, { recursive: true, force: true });
  }
}

function bodyOf(type: OwnerBody["type"], content: string | Uint8Array): OwnerBody {
  return { type, bytes: new Uint8Array(Buffer.from(content)) };
}

async function hasScanned({ url }: RealWorker): Promise<boolean> {
  const runs = await fetch(`${url}/api/kr/runs`);
  return (await runs.text()).includes('"done"');
}

/** A study follows a scan by itself. */
async function studied({ url }: RealWorker, exchange: Exchange): Promise<void> {
  const hasEnded = async (): Promise<boolean> => {
    const status = await fetch(`${url}/api/kr/study/status?exchange=${exchange}`);
    return !(await status.text()).includes('"made":null');
  };
  await waitUntil(hasEnded, `the study of ${exchange} has ended`, STUDY_MS);
}

/** The first row begins with what happened before the debugger was there: V8 prints from the first collection on. */
async function demoRows({ worker, client, isolate, note }: Stage): Promise<void> {
  const command = async (text: string): Promise<unknown> =>
    client.send("POST", "/api/admin/demo", bodyOf("application/json", text));
  const birth = await isolate.sinceStart(async () =>
    waitUntil(async () => hasScanned(worker), "the demo's past is scanned", BIRTH_MS),
  );
  note(`MarketFeed, MarketBook: the demo's birth (2,700 x 400)`, birth);
  note(
    "MarketBook: the historical study of the demo",
    await isolate.during(async () => studied(worker, "DEMO")),
  );
  note("MarketFeed: a tick of the demo", await isolate.during(() => command('{"advance":"tick"}')));
  note(
    "MarketFeed, MarketBook: a session's end (close, scan, publish)",
    await isolate.during(() => command('{"advance":"session"}')),
  );
  await command('{"pause":true}');
}

async function send({ client }: Stage, piece: Uint8Array, firstLine = 2): Promise<unknown> {
  return client.send(
    "POST",
    `/api/admin/bars?exchange=KRX&first_line=${firstLine}`,
    bodyOf("text/csv", piece),
  );
}

async function* parts(source: Iterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield* source;
}

/** The largest of the pieces of a file; `cpuMs` is that of its largest, too. */
async function largestPiece(stage: Stage, file: Iterable<Uint8Array>): Promise<Footprint> {
  const pieces: Footprint[] = [];
  for await (const { bytes, firstLine } of chunksOf(parts(file))) {
    pieces.push(await stage.isolate.during(() => send(stage, bytes, firstLine)));
  }
  const most = (of: (piece: Footprint) => number): number => Math.max(...pieces.map(of));
  const [largest] = pieces.toSorted((a, b) => b.peak - a.peak);
  if (largest === undefined) {
    throw new Error("The file had no piece");
  }
  return { ...largest, cpuMs: most(({ cpuMs }) => cpuMs) };
}

async function importRows(stage: Stage): Promise<void> {
  const { client, isolate, note } = stage;
  const market = walkMarket(0, TICKERS, BARS);
  const { value: first } = await chunksOf(parts(byTicker(TICKERS, BARS))).next();
  await client.send("POST", "/api/admin/instruments?exchange=KRX", bodyOf("text/csv", instrumentsOf(market)));
  await client.send("POST", "/api/admin/indices?exchange=KRX", bodyOf("text/csv", indicesOf(BARS)));
  note(
    "import, file sorted by ticker: the largest piece",
    await largestPiece(stage, byTicker(TICKERS, BARS)),
  );
  note("  of which the Worker reads the piece (the same code in Node)", inNode(first));
  const whole = await isolate.during(async () => {
    for await (const { bytes, firstLine } of chunksOf(parts(byTicker(TICKERS, BARS)))) {
      await send(stage, bytes, firstLine);
    }
  });
  note("import or restore of the whole file, piece after piece", whole);
  const corrected = byDay(market, BARS - CORRECTED, BARS);
  note(
    "import, file sorted by day, every row corrected: the largest piece",
    await largestPiece(stage, corrected),
  );
}

/** CPU of reading alone; nothing is known of its size. */
function inNode(piece: Chunk | void): Footprint {
  const { bytes } = piece ?? { bytes: Buffer.alloc(0) };
  csvFileReader.bars(bytes, 2);
  const before = process.cpuUsage();
  csvFileReader.bars(bytes, 2);
  const { user, system } = process.cpuUsage(before);
  return { peak: 0, external: 0, kept: 0, collections: 0, cpuMs: (user + system) / 1_000 };
}

async function readingRows({ worker, client, isolate, note }: Stage): Promise<void> {
  const scan = async (): Promise<unknown> =>
    client.send("POST", "/api/kr/scan?exchange=KRX", bodyOf("application/json", '{"top_n":0}'));
  const read = async (path: string): Promise<void> => {
    const response = await fetch(`${worker.url}${path}`);
    await response.text();
    if (!response.ok) {
      throw new Error(`${path} answered ${response.status}`);
    }
  };
  const [first, second] = walkMarket(0, 2, 1).map(({ ticker }) => `/api/kr/stocks/${ticker}?exchange=KRX`);
  note(`MarketBook: a scan of ${TICKERS} x ${BARS}`, await isolate.during(scan));
  note(
    `MarketBook: the historical study of ${TICKERS} x ${BARS}`,
    await isolate.during(async () => studied(worker, "KRX")),
  );
  note(
    "MarketBook: verdict of one ticker (judges the market)",
    await isolate.during(() => read(first ?? "")),
  );
  note("MarketBook: verdict of another ticker", await isolate.during(() => read(second ?? "")));
  note(
    "backup: every page of the bars",
    await isolate.during(async () => {
      for await (const text of barPages(client, "KRX", () => undefined)) {
        text.at(0);
      }
    }),
  );
  note(
    "backup: one page of 200 tickers",
    await isolate.during(async () => {
      await (await client.read("/api/admin/bars?exchange=KRX&limit=200")).text();
    }),
  );
  note("GET /api/kr/signals", await isolate.during(() => read("/api/kr/signals?exchange=KRX")));
}

/** Pieces that no sound file has, and days that are closed one by one. */
async function oddPieces(stage: Stage): Promise<void> {
  const { isolate, note } = stage;
  const row = async (what: string, piece: Uint8Array): Promise<void> => {
    note(what, await isolate.during(() => send(stage, piece)));
  };
  await row("import: a piece of the shortest rows", shortest(PIECE_BYTES));
  await row("import: a piece with every cell quoted", quoted(PIECE_BYTES));
  await row("import: a piece of nothing but refused lines", refused(PIECE_BYTES));
  const days = walkMarket(0, TICKERS, DAYS_TO_A_FOLD);
  const footprint = await isolate.during(async () => {
    for (let k = 0; k < DAYS_TO_A_FOLD; k++) {
      await send(stage, Buffer.concat([...byDay(days, k, k + 1, LATER)]));
    }
  });
  note(`MarketBook: ${DAYS_TO_A_FOLD} sessions closed one by one, then folded`, footprint);
}

/** The walks end in June 2025. */
const LATER = 63;
