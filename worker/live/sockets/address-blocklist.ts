/**
 * Addresses that are let in no more for a while, because one of their sockets sent what no client of ours could (WS15). Kept
 * in the object's storage, so that hibernation forgives nothing; read once a life, written once an incident.
 */
import type { AddressRefusal } from "../../app/ports/live.ts";

/** Sixty-four times the longest frame a client may send: a faulty page of ours may miss that limit, but not by so much. */
const HARMFUL_FRAME = 1_048_576;
const REFUSED_MS = 600_000;
/** Then the oldest leaves. */
const MAX_REFUSED = 1_024;

/** One row a refusal, in slot `n % 1024`: the write replaces the refusal that leaves. */
const TABLE =
  "CREATE TABLE IF NOT EXISTS refused (slot INTEGER PRIMARY KEY, n INTEGER NOT NULL, address TEXT NOT NULL, until INTEGER NOT NULL)";

type Row = { readonly n: number; readonly address: string; readonly until: number };

export interface BlocklistDeps {
  now(): number;
  /** Tells the other doors, once an incident. */
  tell(refusal: AddressRefusal): void;
}

export class AddressBlocklist {
  readonly #ctx: Pick<DurableObjectState, "storage" | "getTags">;
  readonly #deps: BlocklistDeps;
  /** Until when, by address, oldest first. */
  #untils: Map<string, number> | null = null;
  #next = 0;

  constructor(ctx: Pick<DurableObjectState, "storage" | "getTags">, deps: BlocklistDeps) {
    ctx.storage.sql.exec(TABLE);
    this.#ctx = ctx;
    this.#deps = deps;
  }

  /** Seconds until the address is let in again, rounded up; `null`: it may come in. */
  secondsLeft(address: string): number | null {
    const left = (this.#all().get(address) ?? 0) - this.#deps.now();
    return left > 0 ? Math.ceil(left / 1_000) : null;
  }

  /** Looks at a frame's length, before anyone touches what is in it. The socket's tag is its address. */
  weigh(socket: WebSocket, data: string | ArrayBuffer): void {
    const size = typeof data === "string" ? data.length : data.byteLength;
    if (size < HARMFUL_FRAME) {
      return;
    }
    const [address] = this.#ctx.getTags(socket);
    if (address === undefined) {
      return;
    }
    const refusal = { address, until: this.#deps.now() + REFUSED_MS };
    if (this.refuse(refusal)) {
      this.#deps.tell(refusal);
    }
  }

  /** `false`: it is refused already, and nothing is written. */
  refuse({ address, until }: AddressRefusal): boolean {
    if (this.secondsLeft(address) !== null) {
      return false;
    }
    const untils = this.#all();
    const n = this.#next;
    this.#next += 1;
    this.#ctx.storage.sql.exec(
      "INSERT OR REPLACE INTO refused VALUES (?, ?, ?, ?)",
      n % MAX_REFUSED,
      n,
      address,
      until,
    );
    // Set anew at the end: the order of the map is the order of the rows.
    untils.delete(address);
    untils.set(address, until);
    const [oldest] = untils.keys();
    if (untils.size > MAX_REFUSED && oldest !== undefined) {
      untils.delete(oldest);
    }
    return true;
  }

  #all(): Map<string, number> {
    if (this.#untils === null) {
      const rows = this.#ctx.storage.sql
        .exec<Row>("SELECT n, address, until FROM refused ORDER BY n")
        .toArray();
      const now = this.#deps.now();
      const held = rows.filter(({ until }) => until > now);
      this.#untils = new Map(held.map(({ address, until }) => [address, until]));
      this.#next = (rows.at(-1)?.n ?? -1) + 1;
    }
    return this.#untils;
  }
}
