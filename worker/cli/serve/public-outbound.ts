/**
 * AL64: how the Worker of `npm start` reaches an address that somebody typed in: it runs in the owner's own network, so the address is
 * judged where the connection is made, after the name was resolved and before a byte is sent.
 */
import { lookup as lookUp } from "node:dns";
import { request as requestHttps } from "node:https";
import { type IncomingMessage, type RequestOptions } from "node:http";
import { isIP, type LookupFunction } from "node:net";
import { Readable } from "node:stream";
import { isPublicAddress } from "../../adapters/alerts/public-address.ts";

interface Outbound {
  readonly request: typeof requestHttps;
  readonly resolve: typeof lookUp;
  readonly isPublic: (address: string) => boolean;
}

const REAL: Outbound = { request: requestHttps, resolve: lookUp, isPublic: isPublicAddress };
/** Above the time of an attempt, which ends by itself. */
const PATIENCE_MS = 10_000;
/** The header by which the Worker knows that nothing was sent, and why. */
const ANSWER_OF_REFUSAL = { status: 421, headers: { "x-radar-outbound": "inner-address" } };

class InnerAddress extends Error {}

/** All addresses of the name are judged: which of them is taken is the system's choice. */
function judgingLookup({ resolve, isPublic }: Outbound): LookupFunction {
  return (name, options, done) => {
    resolve(name, { ...options, all: true }, (error, addresses) => {
      const refused = error ?? (addresses.every((one) => isPublic(one.address)) ? null : new InnerAddress());
      const [first] = addresses ?? [];
      if (refused !== null || first === undefined) {
        done(refused ?? new InnerAddress(), "", 0);
      } else if (options.all === true) {
        done(null, addresses);
      } else {
        done(null, first.address, first.family);
      }
    });
  };
}

function ask(
  outbound: Outbound,
  url: URL,
  options: RequestOptions,
  body: Uint8Array,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const lookup = judgingLookup(outbound);
    const signal = AbortSignal.timeout(PATIENCE_MS);
    // Without an agent no connection is kept, whose address was judged for another name.
    const asking = outbound.request(url, { ...options, agent: false, lookup, signal }, resolve);
    asking.once("error", reject);
    asking.end(body);
  });
}

function headersOf(incoming: IncomingMessage): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) {
    headers.set(name, Array.isArray(value) ? value.join(", ") : (value ?? ""));
  }
  return headers;
}

/** 421 where the address is not a public one, 502 where there is no answer. A redirect is an answer as every other. */
export async function sendToPublic(request: Request, outbound: Outbound = REAL): Promise<Response> {
  const url = new URL(request.url);
  const host = url.hostname.replace(/^\[|\]$/g, "");
  if (isIP(host) !== 0 && !outbound.isPublic(host)) {
    return new Response(null, ANSWER_OF_REFUSAL);
  }
  try {
    const options = { method: request.method, headers: Object.fromEntries(request.headers) };
    const incoming = await ask(outbound, url, options, new Uint8Array(await request.arrayBuffer()));
    const status = incoming.statusCode ?? 502;
    const hasBody = status !== 204 && status !== 205 && status !== 304;
    return new Response(hasBody ? Readable.toWeb(incoming) : null, { status, headers: headersOf(incoming) });
  } catch (error) {
    const isRefused = error instanceof InnerAddress;
    process.stdout.write(
      `${JSON.stringify({ level: "warn", event: "outbound_failed", refused: isRefused })}\n`,
    );
    return isRefused ? new Response(null, ANSWER_OF_REFUSAL) : new Response(null, { status: 502 });
  }
}
