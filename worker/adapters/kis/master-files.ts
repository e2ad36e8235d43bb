/** KI10: the master of both boards, from the files that the vendor publishes without a key. Both are read, or none. */
import { unzipSync } from "fflate";
import {
  type Answer,
  BudgetSpent,
  type MasterLine,
  type MasterSource,
} from "../../app/ports/market-sources.ts";
import { DAY_MS, midnightOf, type TradingDay, tradingDayAt } from "../../core/calendar/trading-day.ts";
import { Cp949Decoder } from "../csv/cp949.ts";
import { Denials } from "../upstream/denials.ts";
import type { Surroundings } from "../upstream/surroundings.ts";
import { callVendor, type VendorReply } from "../upstream/vendor-call.ts";
import { judgeReply } from "./gateway-codes.ts";
import type { KisAccess } from "./kis-access.ts";
import { failure } from "./kis-client.ts";
import type { MasterBoard } from "./master-layout.ts";
import { type MasterLines, type MasterShare, readMasterLines } from "./master-lines.ts";

const FILES: Readonly<Record<MasterBoard, string>> = { KOSPI: "kospi_code", KOSDAQ: "kosdaq_code" };
/** A file has about 300 KB, 800 KB unpacked. */
const MAX_PACKED = 4 * 1_048_576;
const MAX_UNPACKED = 16 * 1_048_576;
/** Entries of a zip: there is one. A directory may name one packed file a million times. */
const MOST_ENTRIES = 100;
const ZIP = [0x50, 0x4b, 0x03, 0x04];
/** By which a denial is remembered. */
export const MASTER_SERVICE = "master";

const QUESTION = { doing: "read the master" } as const;

/** Refuses by the name of the file. */
function refuse(board: MasterBoard, reason: string): never {
  throw failure(QUESTION, `${FILES[board]}.mst.zip: ${reason}`, false);
}

function isZip(bytes: Uint8Array): boolean {
  return ZIP.every((byte, n) => bytes[n] === byte);
}

/** The one file inside, when it is no longer than allowed. Of several none but the first is unpacked. */
function unpack(board: MasterBoard, packed: Uint8Array): Uint8Array {
  let files: Readonly<Record<string, Uint8Array>>;
  let [entries, sound] = [0, 0];
  try {
    files = unzipSync(packed, {
      filter: ({ name, originalSize }) => {
        entries += 1;
        if (entries > MOST_ENTRIES) {
          throw new Error(`more than ${MOST_ENTRIES} entries`);
        }
        const isSound = name.toLowerCase().endsWith(".mst") && originalSize <= MAX_UNPACKED;
        sound += isSound ? 1 : 0;
        return isSound && sound === 1;
      },
    });
  } catch (error) {
    return refuse(board, `cannot be unpacked (${error instanceof Error ? error.message : "no reason"})`);
  }
  const [only] = Object.values(files);
  return only === undefined || sound > 1
    ? refuse(board, `holds ${sound > 1 ? "more than one" : "no"} master file of a sound size`)
    : only;
}

function decode(board: MasterBoard, bytes: Uint8Array): string {
  try {
    return new Cp949Decoder().decode(bytes, { stream: false });
  } catch {
    return refuse(board, "its text is not in CP949");
  }
}

/** The lines of a packed file; one whose widths do not add up is refused by name, and nothing of it is read. */
export function readMasterFile(board: MasterBoard, packed: Uint8Array): MasterLines {
  const lines = readMasterLines(board, decode(board, unpack(board, packed)));
  return "unreadable" in lines ? refuse(board, `line ${lines.line}: ${lines.unreadable}`) : lines;
}

/** The vendor's file has no name of an industry, no department and no English name. */
function lineOf({ ticker, name, market, kind, notice, listedOn, listedShares }: MasterShare): MasterLine {
  return { ticker, name, market, kind, notice, listedOn, listedShares };
}

/** The host of the files answers with 503 at times. */
const isWorthRetry = ({ status }: VendorReply): boolean => status >= 500;

export class KisMaster implements MasterSource {
  readonly id = "kis";
  readonly #base: string;
  readonly #surroundings: Surroundings;
  readonly #denials: Denials;

  /** `onPurpose`: asks also where a denial is remembered (UP6). */
  constructor({ masterBase }: Pick<KisAccess, "masterBase">, surroundings: Surroundings, onPurpose = false) {
    this.#base = masterBase;
    this.#surroundings = surroundings;
    // The files need no key, so their denial is nobody's.
    this.#denials = new Denials("kis", "", surroundings, onPurpose);
  }

  /** The files are of the present: of another day than today there is nothing. */
  async instruments(day: TradingDay): Promise<Answer<readonly MasterLine[]>> {
    const now = this.#surroundings.clock.now();
    const today = tradingDayAt(now);
    if (day !== today) {
      return { status: "not_ready", retryAt: day > today ? midnightOf(day) : now + DAY_MS };
    }
    try {
      return await this.#read();
    } catch (error) {
      if (error instanceof BudgetSpent) {
        return { status: "denied", why: "quota", subject: "The calls of today are spent" };
      }
      throw error;
    }
  }

  async #read(): Promise<Answer<readonly MasterLine[]>> {
    const shares = new Map<string, MasterShare>();
    for (const board of ["KOSPI", "KOSDAQ"] as const) {
      const standing = await this.#denials.standing(MASTER_SERVICE);
      if (standing !== null) {
        return standing;
      }
      const reply = await this.#fetch(board);
      const verdict = isZip(reply.bytes) && reply.status === 200 ? null : judgeReply(reply);
      if (verdict?.kind === "denied") {
        return await this.#denials.note(MASTER_SERVICE, verdict.why, verdict.subject);
      }
      if (verdict !== null) {
        refuse(board, `status ${reply.status}, and no zip. When it stays so, look at KIS_MASTER_BASE`);
      }
      this.#take(board, readMasterFile(board, reply.bytes), shares);
    }
    await this.#denials.lift(MASTER_SERVICE);
    return { status: "ok", value: Array.from(shares.values(), lineOf), at: this.#surroundings.clock.now() };
  }

  #fetch(board: MasterBoard): Promise<VendorReply> {
    return callVendor(
      {
        vendor: "kis",
        doing: `read the master of ${board}`,
        request: () => new Request(`${this.#base}/${FILES[board]}.mst.zip`),
        isWorthRetry,
        maxBytes: MAX_PACKED,
      },
      this.#surroundings,
    );
  }

  #take(board: MasterBoard, lines: MasterLines, shares: Map<string, MasterShare>): void {
    for (const share of lines.shares) {
      if (shares.has(share.ticker)) {
        refuse(board, `${share.ticker} stands in the other file too`);
      }
      shares.set(share.ticker, share);
    }
    for (const [group, count] of lines.unknown) {
      this.#surroundings.log.write("warn", "kis_group_unknown", { board, group, lines: count });
    }
  }
}
