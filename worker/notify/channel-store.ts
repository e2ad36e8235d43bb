/** The owner's channels and the key of the push service, with their secrets, which leave this object only towards their receiver. */
import * as v from "valibot";
import type { ChannelConfig, PushKeys } from "../app/ports/alert-senders.ts";
import type { OnUnread } from "../app/ports/alert-rules.ts";
import type { ChannelView } from "../app/ports/alerts.ts";
import { publicOrigin } from "../platform/public-origin.ts";
import type { AlertStorage } from "./alert-tables.ts";
import { nameOf } from "./unread-rows.ts";

/** Messages in a row that a channel did not take; then it is sent nothing more until its owner tests or changes it. */
export const MOST_FAILURES = 3;

const TARGET = v.pipe(
  v.string(),
  v.parseJson(),
  v.variant("kind", [
    v.object({ kind: v.literal("telegram"), chatId: v.string() }),
    v.object({
      kind: v.literal("webhook"),
      url: v.pipe(
        v.string(),
        v.check((text) => URL.canParse(text), "not an address"),
      ),
      template: v.picklist(["raw", "discord", "slack"]),
    }),
  ]),
);
const ROW = v.object({
  id: v.string(),
  name: v.string(),
  target: TARGET,
  secret: v.string(),
  failures: v.number(),
  lastSentAt: v.nullable(v.number()),
});
type Row = v.InferOutput<typeof ROW>;

export class ChannelStore {
  readonly #sql: AlertStorage["sql"];

  readonly #onUnread: OnUnread;

  constructor({ sql }: AlertStorage, onUnread: OnUnread) {
    this.#sql = sql;
    this.#onUnread = onUnread;
  }

  #rows(where = "1 = 1", ...values: string[]): readonly Row[] {
    const rows = this.#sql
      .exec(
        `SELECT id, name, target, secret, failures, last_sent_at AS lastSentAt FROM channel WHERE ${where} ORDER BY id`,
        ...values,
      )
      .toArray();
    // One that cannot be read is no channel, until it is put again.
    return rows.flatMap((row) => {
      const parsed = v.safeParse(ROW, row);
      if (!parsed.success) {
        this.#onUnread(`channel ${nameOf(row["id"])}`, new Error(pathOf(parsed.issues)));
      }
      return parsed.success ? [parsed.output] : [];
    });
  }

  list(): readonly ChannelView[] {
    return this.#rows().map(({ id, name, target, failures, lastSentAt }) => ({
      id,
      kind: target.kind,
      name,
      hint: target.kind === "telegram" ? target.chatId : new URL(target.url).host,
      template: target.kind === "webhook" ? target.template : null,
      failures,
      isStopped: failures >= MOST_FAILURES,
      lastSentAt,
    }));
  }

  /** With its secret; `null` for an unknown one. */
  config(id: string): ChannelConfig | null {
    const [row] = this.#rows("id = ?", id);
    if (row === undefined) {
      return null;
    }
    const { target, secret } = row;
    return target.kind === "telegram" ? { ...target, token: secret } : { ...target, secret };
  }

  isStopped(id: string): boolean {
    return this.#rows("id = ?", id).some(({ failures }) => failures >= MOST_FAILURES);
  }

  /** Begins without a failure. */
  put(id: string, name: string, config: ChannelConfig): void {
    const { secret, ...target } =
      config.kind === "telegram"
        ? { kind: config.kind, chatId: config.chatId, secret: config.token }
        : config;
    this.#sql.exec(
      `INSERT INTO channel (id, kind, name, target, secret, failures) VALUES (?, ?, ?, ?, ?, 0)
       ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, name = excluded.name, target = excluded.target, secret = excluded.secret, failures = 0`,
      id,
      config.kind,
      name,
      JSON.stringify(target),
      secret,
    );
  }

  drop(id: string): void {
    this.#sql.exec("DELETE FROM channel WHERE id = ?", id);
  }

  /** AL15. */
  note(id: string, hasArrived: boolean, now: number): void {
    if (hasArrived) {
      this.#sql.exec("UPDATE channel SET failures = 0, last_sent_at = ? WHERE id = ?", now, id);
    } else {
      this.#sql.exec("UPDATE channel SET failures = failures + 1 WHERE id = ?", id);
    }
  }

  /** AL33: where a browser subscribed last, if that is an address that push services take; `null` before. */
  origin(): string | null {
    const [row] = this.#sql.exec<{ origin: string }>("SELECT origin FROM own_origin").toArray();
    return row?.origin ?? null;
  }

  noteOrigin(text: string): void {
    const origin = publicOrigin(text);
    if (origin !== null && origin !== this.origin()) {
      this.#sql.exec("INSERT OR REPLACE INTO own_origin VALUES (0, ?)", origin);
    }
  }

  /** The keys that push services know this installation by; drawn once. */
  async pushKeys(draw: () => Promise<PushKeys>): Promise<PushKeys> {
    const stored = this.#keys();
    if (stored !== null) {
      return stored;
    }
    const { publicKey, privateKey } = await draw();
    this.#sql.exec("INSERT OR IGNORE INTO own_key VALUES (0, ?, ?)", publicKey, privateKey);
    return this.#keys() ?? { publicKey, privateKey };
  }

  #keys(): PushKeys | null {
    const [row] = this.#sql
      .exec<{ publicKey: string; privateKey: string }>(
        "SELECT public AS publicKey, private AS privateKey FROM own_key",
      )
      .toArray();
    return row ?? null;
  }
}

/** Where a row is wrong, without what stands there: it may be a secret. */
function pathOf(issues: readonly v.BaseIssue<unknown>[]): string {
  return `wrong at ${issues.map((issue) => v.getDotPath(issue) ?? "the row").join(", ")}`;
}
