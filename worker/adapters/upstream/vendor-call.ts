/** UP3, UP4: one call of a vendor over HTTP, counted, bounded in time and size, and tried again where that may help. */
import { logFailure } from "../../app/ports/log.ts";
import type { SourceId } from "../../app/ports/market-sources.ts";
import { NeighbourError } from "../../app/ports/neighbour-error.ts";
import { readBoundedBody } from "./bounded-body.ts";
import { neighbourOf, type Surroundings } from "./surroundings.ts";

/** A whole answer, whatever its status. */
export interface VendorReply {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Uint8Array;
}

/** What is called, and how hard it is tried. */
export interface VendorCall {
  readonly vendor: SourceId;
  /** Completes "failed to"; it stands in logs and holds no secret. */
  readonly doing: string;
  /** Made anew for each try. */
  request(): Request;
  /** Whether a reply is worth another try; by default a status from 500 on is. */
  isWorthRetry?(reply: VendorReply): boolean;
  /** What is wrong with a reply that was worth retrying until the last try; by default its status. Holds no text of the vendor's. */
  describe?(reply: VendorReply): string;
  readonly maxBytes: number;
  /** The first one counts; by default {@link TRIES}. */
  readonly tries?: number;
}

const TRIES = 3;
/** An owner waits for the end of a check, which is of this moment. */
export const TRIES_ON_PURPOSE = 2;
/** A host that does not let the caller in answers no connection at all. */
const PATIENCE_MS = 20_000;
const FIRST_PAUSE_MS = 1_000;

function failed(call: VendorCall, detail: string, retryable: boolean, cause?: unknown): NeighbourError {
  const neighbour = neighbourOf(call.vendor);
  return new NeighbourError(`${neighbour} failed to ${call.doing}: ${detail}`, {
    neighbour,
    retryable,
    cause,
  });
}

async function tryOnce(call: VendorCall, surroundings: Surroundings): Promise<VendorReply> {
  let reply: { readonly response: Response; readonly bytes: Uint8Array | null };
  try {
    // A redirect would carry the key to another host.
    const request = new Request(call.request(), {
      redirect: "manual",
      signal: AbortSignal.timeout(surroundings.patienceMs ?? PATIENCE_MS),
    });
    const response = await surroundings.fetch(request);
    surroundings.dates?.note(call.vendor, response.headers.get("date"), surroundings.clock.now());
    reply = { response, bytes: await readBoundedBody(response, call.maxBytes) };
  } catch (error) {
    throw failed(call, "no answer. The vendor is down, or does not let this address in", true, error);
  }
  const { response, bytes } = reply;
  if (bytes === null) {
    throw failed(call, `an answer of more than ${call.maxBytes} bytes`, false);
  }
  if (response.status >= 300 && response.status < 400) {
    throw failed(call, `a redirect (${response.status}), which is not followed`, false);
  }
  return { status: response.status, headers: response.headers, bytes };
}

/**
 * The vendor's reply, or a `NeighbourError` when there is none, also after further tries. Each try takes a call of the limits,
 * whose `BudgetSpent` passes through.
 */
export async function callVendor(call: VendorCall, surroundings: Surroundings): Promise<VendorReply> {
  const isWorthRetry = (reply: VendorReply): boolean => call.isWorthRetry?.(reply) ?? reply.status >= 500;
  for (let attempt = 1; ; attempt++) {
    await surroundings.limits.take(call.vendor);
    try {
      const reply = await tryOnce(call, surroundings);
      if (!isWorthRetry(reply)) {
        return reply;
      }
      throw failed(call, call.describe?.(reply) ?? `status ${reply.status}`, true);
    } catch (error) {
      if (!(error instanceof NeighbourError) || !error.retryable || attempt >= (call.tries ?? TRIES)) {
        throw error;
      }
      logFailure(surroundings.log, "vendor_call_repeated", error, { attempt });
      await surroundings.wait(surroundings.random() * FIRST_PAUSE_MS * 2 ** attempt);
    }
  }
}
