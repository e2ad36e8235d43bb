/** AL43: addresses of a host name by DNS over HTTPS: a Worker has no resolver of its own. */
import * as v from "valibot";
import type { ResolveName } from "../../app/ports/alert-target.ts";
import type { Log } from "../../app/ports/log.ts";
import { readBoundedBody } from "../upstream/bounded-body.ts";
import { describeFault } from "./fault.ts";

export interface DnsSurroundings {
  readonly fetch: (request: Request) => Promise<Response>;
  /** A resolver's address that answers `application/dns-json`, for example `https://cloudflare-dns.com/dns-query`. */
  readonly url: string;
  readonly log: Log;
  readonly patienceMs?: number;
}

const PATIENCE_MS = 2_000;
const MAX_BYTES = 65_536;
const MAX_RECORDS = 100;
/** Of RFC 1035 and 3596: the address records of IPv4 and IPv6. */
const TYPES = { A: 1, AAAA: 28 } as const;
/** No error, and a name that does not exist. */
const ANSWERED = [0, 3];

const Answer = v.object({
  Status: v.number(),
  Answer: v.optional(
    v.pipe(v.array(v.object({ type: v.number(), data: v.string() })), v.maxLength(MAX_RECORDS)),
    [],
  ),
});

async function lookUp(
  name: string,
  type: keyof typeof TYPES,
  { fetch, url, log, patienceMs = PATIENCE_MS }: DnsSurroundings,
): Promise<readonly string[] | null> {
  try {
    const question = new URL(url);
    question.searchParams.set("name", name);
    question.searchParams.set("type", type);
    const response = await fetch(
      new Request(question, {
        headers: { accept: "application/dns-json" },
        redirect: "manual",
        signal: AbortSignal.timeout(patienceMs),
      }),
    );
    const bytes = await readBoundedBody(response, MAX_BYTES);
    const answer = v.parse(
      v.pipe(v.string(), v.parseJson(), Answer),
      new TextDecoder().decode(bytes ?? undefined),
    );
    if (!response.ok || !ANSWERED.includes(answer.Status)) {
      log.write("warn", "alert_name_not_resolved", {
        host: name,
        type,
        status: response.status,
        code: answer.Status,
      });
      return null;
    }
    return answer.Answer.filter((record) => record.type === TYPES[type]).map(({ data }) => data);
  } catch (error) {
    log.write("warn", "alert_name_not_resolved", { host: name, type, error: describeFault(error) });
    return null;
  }
}

export function makeDnsOverHttps(surroundings: DnsSurroundings): ResolveName {
  return async (name) => {
    const [ipv4, ipv6] = await Promise.all([
      lookUp(name, "A", surroundings),
      lookUp(name, "AAAA", surroundings),
    ]);
    return ipv4 === null && ipv6 === null ? null : [...(ipv4 ?? []), ...(ipv6 ?? [])];
  };
}
