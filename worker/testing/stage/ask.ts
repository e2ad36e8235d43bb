/** Asks an app as a client would, and reads the whole answer. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** `null` when the answer is not JSON. */
  readonly json: unknown;
}

interface App {
  request(path: string, init?: RequestInit): Response | Promise<Response>;
}

export async function ask(app: App, path: string, init: RequestInit = {}): Promise<Answer> {
  const response = await app.request(path, init);
  const text = await response.text();
  const isJson = /^application\/(?:problem\+)?json/.test(response.headers.get("Content-Type") ?? "");
  const json: unknown = isJson && text !== "" ? JSON.parse(text) : null;
  return { status: response.status, headers: response.headers, text, json };
}

/** A request with the owner's token. */
export function asOwner(token: string, method: string, body?: BodyInit): RequestInit {
  return { method, headers: { Authorization: `Bearer ${token}` }, ...(body !== undefined && { body }) };
}
