/** Requests to the owner routes of a Worker: bounded retries for what may pass, one sentence for everything else. */
import { setTimeout as sleep } from "node:timers/promises";
import * as v from "valibot";
import { Problem } from "../../protocol/rest/problem.ts";
import { CommandError } from "./command-error.ts";

/** The owner's requests. What may pass is tried again a bounded number of times. */
export interface OwnerClient {
  /** The parsed JSON answer. Fails with a {@link CommandError} that names what to do. */
  send(method: "GET" | "POST" | "PUT", path: string, body?: OwnerBody): Promise<unknown>;
  /** The answer to a GET as it came, its body unread. Fails like {@link send}. */
  read(path: string): Promise<Response>;
}

/** Whole, so that a second try can send it again. */
export interface OwnerBody {
  readonly type: "text/csv" | "application/json";
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Which Worker, and the right to it. */
export interface OwnerTarget {
  readonly url: URL;
  readonly token: string;
  /** The first pause between two tries; it doubles. */
  readonly pauseMs?: number;
}

const TRIES = 6;
const TIMEOUT_MS = 120_000;
const LONGEST_PAUSE_MS = 30_000;

type Answer = { readonly response: Response } | { readonly unreachable: unknown };

function causeOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (cause instanceof Error && "code" in cause && typeof cause.code === "string") {
    return cause.code;
  }
  return cause instanceof Error ? cause.message : String(cause);
}

/** What passes by itself: no answer, too many requests, a neighbour that is away. */
function mayPass(answer: Answer): boolean {
  return "unreachable" in answer || answer.response.status === 429 || answer.response.status === 503;
}

function pauseOf(answer: Answer, attempt: number, first: number): number {
  const asked =
    "response" in answer ? Number(answer.response.headers.get("Retry-After") ?? Number.NaN) : Number.NaN;
  return Math.min(LONGEST_PAUSE_MS, Number.isFinite(asked) ? 1000 * asked : first * 2 ** attempt);
}

/** What to do, where the Worker's own text names the cause alone. */
const REMEDIES: Readonly<Record<number, string>> = {
  403: " Set OWNER_TOKEN where the Worker runs: `npx wrangler secret put OWNER_TOKEN`, here `npm start`.",
  421: " Use the address that `npm start` printed.",
  500: " The log has the error: .wrangler/serve.log, at Cloudflare `npx wrangler tail`.",
  503: " It was tried several times. `npm run doctor` names what is wrong: a full disk, a damaged file, a neighbour that is away.",
};

/** What a refusal of the Worker means, and what to do. */
export async function explain(response: Response, path: string): Promise<CommandError> {
  const text = await response.text();
  if (response.status === 401) {
    return new CommandError(
      `The Worker refuses the owner's token (${response.status}). OWNER_TOKEN, or .dev.vars, must hold the token the Worker runs with.`,
    );
  }
  const problem = v.safeParse(v.pipe(v.string(), v.parseJson(), Problem), text);
  const why = problem.success ? problem.output.detail : text.slice(0, 200);
  const remedy = REMEDIES[response.status] ?? "";
  return new CommandError(`${path.split("?", 1)[0]} answered ${response.status}: ${why}${remedy}`);
}

export function makeOwnerClient({ url, token, pauseMs = 500 }: OwnerTarget): OwnerClient {
  const once = async (method: string, path: string, body: OwnerBody | undefined): Promise<Answer> => {
    try {
      const response = await fetch(new URL(path, url), {
        method,
        headers: { ...ownerHeaders(token, process.env), ...(body && { "Content-Type": body.type }) },
        ...(body && { body: body.bytes }),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      return { response };
    } catch (error) {
      return { unreachable: error };
    }
  };
  const patiently = async (method: string, path: string, body: OwnerBody | undefined): Promise<Response> => {
    let answer = await once(method, path, body);
    for (let attempt = 0; mayPass(answer) && attempt < TRIES - 1; attempt++) {
      await sleep(pauseOf(answer, attempt, pauseMs));
      if ("response" in answer) {
        await answer.response.body?.cancel();
      }
      answer = await once(method, path, body);
    }
    if ("unreachable" in answer) {
      throw new CommandError(
        `${url.origin} stopped answering (${causeOf(answer.unreachable)}). Run the command again: it goes on where it stopped.`,
      );
    }
    if (!answer.response.ok) {
      throw await explain(answer.response, path);
    }
    return answer.response;
  };
  return {
    send: async (method, path, body) => (await patiently(method, path, body)).json(),
    read: async (path) => patiently("GET", path, undefined),
  };
}

/** The token, and where Cloudflare Access stands in front the service token that it asks for. */
export function ownerHeaders(
  token: string,
  env: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const [id, secret] = [env["CF_ACCESS_CLIENT_ID"] ?? "", env["CF_ACCESS_CLIENT_SECRET"] ?? ""];
  return {
    Authorization: `Bearer ${token}`,
    ...(id !== "" && secret !== "" && { "CF-Access-Client-Id": id, "CF-Access-Client-Secret": secret }),
  };
}

/** Asks once, so that a Worker that is not running is reported at once and not after six tries. */
export async function checkReachable(url: URL): Promise<void> {
  try {
    const response = await fetch(new URL("/api/health", url), { signal: AbortSignal.timeout(15_000) });
    await response.body?.cancel();
  } catch (error) {
    throw new CommandError(
      `No Worker answers at ${url.origin} (${causeOf(error)}). Start one with \`npm start\`, or name another with --to.`,
    );
  }
}
