/** A channel as it is typed: what of it is sent, and which field the server would refuse. */
import * as v from "valibot";
import { ChannelBody, type ChannelRow } from "../../../worker/protocol/rest/alerts.ts";

/** Texts of the fields. Secrets begin empty, since no answer holds them: empty keeps what is stored. */
export interface ChannelDraft {
  readonly kind: ChannelRow["kind"];
  readonly name: string;
  readonly chatId: string;
  readonly token: string;
  readonly url: string;
  readonly template: "raw" | "discord" | "slack";
  readonly secret: string;
}
export type ChannelField = Exclude<keyof ChannelDraft, "kind" | "template">;

const EMPTY = { name: "", chatId: "", token: "", url: "", template: "raw", secret: "" } as const;

export function newDraft(kind: ChannelRow["kind"]): ChannelDraft {
  return { kind, ...EMPTY };
}

/** Of a channel that is there: the address of a webhook is no part of its row. */
export function draftOf({ kind, name, hint, template }: ChannelRow): ChannelDraft {
  return { ...newDraft(kind), name, chatId: kind === "telegram" ? hint : "", template: template ?? "raw" };
}

/** As the schema names them. */
const FIELDS: Readonly<Record<string, ChannelField>> = {
  name: "name",
  chat_id: "chatId",
  token: "token",
  url: "url",
  secret: "secret",
};

function typedBody(draft: ChannelDraft): unknown {
  const [name, token, url, secret] = [draft.name, draft.token, draft.url, draft.secret].map((text) =>
    text.trim(),
  );
  return draft.kind === "telegram"
    ? { kind: draft.kind, name, chat_id: draft.chatId.trim(), ...(token !== "" && { token }) }
    : {
        kind: draft.kind,
        name,
        template: draft.template,
        ...(url !== "" && { url }),
        ...(secret !== "" && { secret }),
      };
}

/** What is sent, or the first field that is wrong. `isNew`: nothing is stored that an empty field could keep. */
export function bodyOf(
  draft: ChannelDraft,
  isNew: boolean,
): { readonly body: ChannelBody } | { readonly wrong: ChannelField } {
  const parsed = v.safeParse(ChannelBody, typedBody(draft));
  if (!parsed.success) {
    return { wrong: FIELDS[v.getDotPath(parsed.issues[0]) ?? ""] ?? "name" };
  }
  const { output: body } = parsed;
  if (isNew && body.kind === "telegram" && body.token === undefined) {
    return { wrong: "token" };
  }
  return isNew && body.kind === "webhook" && body.url === undefined ? { wrong: "url" } : { body };
}

/** Stays a secret of the owner's: a receiver of a raw webhook checks signatures with it, and Discord and Slack check none. */
export function isSecretOfUse(draft: Pick<ChannelDraft, "kind" | "template">): boolean {
  return draft.kind === "webhook" && draft.template === "raw";
}
