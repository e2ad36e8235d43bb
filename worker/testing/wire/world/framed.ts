/** The messages of a frame that our own server made: parsed and not validated, because the real client validates. */
import type { ServerMessage } from "../../../protocol/messages/server-message.ts";

export function framed(text: string): readonly ServerMessage[] {
  const value: unknown = JSON.parse(text);
  return isList(value) ? value : isMessage(value) ? [value] : [];
}

function isMessage(value: unknown): value is ServerMessage {
  return typeof value === "object" && value !== null && "type" in value;
}

function isList(value: unknown): value is readonly ServerMessage[] {
  return Array.isArray(value) && value.every(isMessage);
}
