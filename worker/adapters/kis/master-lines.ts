/** KI9, KI10: the lines of a master file: all of them, or the first one whose fields do not stand where they should. */
import { parseTradingDay, type TradingDay } from "../../core/calendar/trading-day.ts";
import type { InstrumentKind, Notice } from "../../core/instrument/instrument.ts";
import { parseTicker } from "../../core/instrument/ticker.ts";
import type { Ticker } from "../../core/nominal.ts";
import { signOfKind } from "../csv/exchange-terms.ts";
import { CODE_WIDTH, HEAD_WIDTH, LAYOUTS, type MasterBoard, type MasterField } from "./master-layout.ts";

/** A share of the master. `basePrice` in won, for the session that comes or goes on; `listedShares` to the thousand. */
export interface MasterShare {
  readonly ticker: Ticker;
  readonly name: string;
  readonly market: MasterBoard;
  readonly kind: InstrumentKind;
  readonly notice: Notice | null;
  readonly isHalted: boolean;
  readonly basePrice: number | null;
  readonly listedOn: TradingDay | null;
  readonly listedShares: number | null;
}

export interface MasterLines {
  readonly shares: readonly MasterShare[];
  /** Lines of a group that the vendor's description does not name, by that group. */
  readonly unknown: ReadonlyMap<string, number>;
}

/** A file that is not what it should be; `line` counts from 1. */
export interface UnreadableMaster {
  readonly line: number;
  readonly unreadable: string;
}

/** By the vendor's groups: shares, shares of foreign companies and receipts of them; funds of four kinds; real estate. */
const KIND_OF_GROUP: ReadonlyMap<string, InstrumentKind> = new Map([
  ["ST", "common"],
  ["FS", "common"],
  ["DR", "common"],
  ["MF", "fund"],
  ["SC", "fund"],
  ["IF", "fund"],
  ["BC", "fund"],
  ["RT", "reit"],
]);
/** Exchange traded funds and notes, warrants: in the file, and on no board of shares. */
const NO_SHARE = new Set(["EF", "EN", "FE", "EW", "SW", "SR"]);

const LONGEST_NAME = 100;
const ISIN = /^[A-Z]{2}[0-9A-Z]{10}$/;
const WHOLE = /^ *\d+ *$/;
const FLAG = /^[YN]$/;

/** One line, cut at its fixed places. */
class Tail {
  readonly #board: MasterBoard;
  readonly #text: string;

  constructor(board: MasterBoard, text: string) {
    this.#board = board;
    this.#text = text;
  }

  text(field: MasterField): string {
    return LAYOUTS[this.#board].read(this.#text, field) ?? "";
  }

  /** `null` for a field of zeros or of spaces: a share without a base price, or without shares, is not meant. */
  number(field: MasterField): number | null {
    const value = Number(this.text(field));
    return value === 0 ? null : value;
  }

  isSet(field: MasterField): boolean {
    return this.text(field) === "Y";
  }

  /** The first field of a share that holds what it cannot hold: then the widths of the line do not add up. */
  fault(): MasterField | null {
    const day = this.text("listed");
    const checks: readonly (readonly [MasterField, boolean])[] = [
      ["halt", FLAG.test(this.text("halt"))],
      ["liquidation", FLAG.test(this.text("liquidation"))],
      ["administration", FLAG.test(this.text("administration"))],
      ["spac", /^[YN ]$/.test(this.text("spac"))],
      ["caution", /^[YN ]?$/.test(this.text("caution"))],
      ["warning", /^(?:\d{2}| {2})$/.test(this.text("warning"))],
      ["base", WHOLE.test(this.text("base"))],
      ["volume", WHOLE.test(this.text("volume"))],
      ["shares", WHOLE.test(this.text("shares"))],
      ["preferred", /^[\d ]$/.test(this.text("preferred"))],
      ["listed", /^(?:0{8}| {8})$/.test(day) || parseTradingDay(day) !== null],
    ];
    return checks.find(([, isSound]) => !isSound)?.[0] ?? null;
  }
}

/** EL1. Name and code decide too, as in every master. */
function kindOf(group: InstrumentKind, ticker: Ticker, name: string, tail: Tail): InstrumentKind {
  if (group !== "common") {
    return group;
  }
  if (tail.isSet("spac")) {
    return "spac";
  }
  const isMarked = !["0", " "].includes(tail.text("preferred"));
  return isMarked ? "preferred" : (signOfKind(ticker, { name }) ?? "common");
}

/** EL2. Of several notices the one that ends a listing comes first. */
function noticeOf(tail: Tail): Notice | null {
  if (tail.isSet("liquidation")) {
    return "liquidation";
  }
  if (tail.isSet("administration")) {
    return "administration";
  }
  return tail.isSet("caution") ? "caution" : null;
}

function shareOf(board: MasterBoard, group: InstrumentKind, head: string, tail: Tail): MasterShare | string {
  const ticker = parseTicker("KRX", head.slice(0, CODE_WIDTH).trim());
  const name = head.slice(HEAD_WIDTH).trim();
  const fault = tail.fault();
  if (fault !== null) {
    return `the field of ${fault} holds "${tail.text(fault)}"`;
  }
  if (ticker === null) {
    return `"${head.slice(0, CODE_WIDTH).trim()}" is no code of a share`;
  }
  if (!ISIN.test(head.slice(CODE_WIDTH, HEAD_WIDTH)) || name === "" || name.length > LONGEST_NAME) {
    return `${ticker} has no ISIN or no name`;
  }
  const shares = tail.number("shares");
  return {
    ticker,
    name,
    market: board,
    kind: kindOf(group, ticker, name, tail),
    notice: noticeOf(tail),
    isHalted: tail.isSet("halt"),
    basePrice: tail.number("base"),
    listedOn: parseTradingDay(tail.text("listed")),
    listedShares: shares === null ? null : shares * 1_000,
  };
}

/** The whole text of a file, decoded, because a Korean sign has two bytes and one place. */
export function readMasterLines(board: MasterBoard, text: string): MasterLines | UnreadableMaster {
  const { width } = LAYOUTS[board];
  const shares = new Map<Ticker, MasterShare>();
  const unknown = new Map<string, number>();
  const lines = text.replace(/\r?\n$/, "").split(/\r?\n/);
  for (const [index, line] of lines.entries()) {
    const refuse = (reason: string): UnreadableMaster => ({ line: index + 1, unreadable: reason });
    if (line.length <= HEAD_WIDTH + width) {
      return refuse(`${line.length} characters, where a line has more than ${HEAD_WIDTH + width}`);
    }
    const [head, tail] = [line.slice(0, -width), new Tail(board, line.slice(-width))];
    const group = tail.text("group");
    const kind = KIND_OF_GROUP.get(group);
    if (!/^[A-Z]{2}$/.test(group)) {
      return refuse(`the field of the group holds "${group}"`);
    }
    if (kind === undefined) {
      if (!NO_SHARE.has(group)) {
        unknown.set(group, (unknown.get(group) ?? 0) + 1);
      }
      continue;
    }
    const share = shareOf(board, kind, head, tail);
    if (typeof share === "string") {
      return refuse(share);
    }
    if (shares.has(share.ticker)) {
      return refuse(`${share.ticker} stands twice`);
    }
    shares.set(share.ticker, share);
  }
  return shares.size === 0
    ? { line: lines.length, unreadable: "no line of a share" }
    : { shares: [...shares.values()], unknown };
}
