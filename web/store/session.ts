/** The reader's session: whether there is one, and how it begins and ends. The token is sent once and kept nowhere. */
import { SessionBody } from "../../worker/protocol/rest/reader-session.ts";
import { fetchJson } from "./fetch-json.ts";

const PATH = "/api/session";

/** Rejects with a RequestError, as all here. */
export async function readSession(): Promise<SessionBody> {
  return fetchJson(PATH, SessionBody, {});
}

export async function logIn(token: string): Promise<SessionBody> {
  return fetchJson(PATH, SessionBody, { method: "POST", body: JSON.stringify({ token }) });
}

export async function endSession(): Promise<SessionBody> {
  return fetchJson(PATH, SessionBody, { method: "DELETE" });
}
