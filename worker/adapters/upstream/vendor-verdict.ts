/** What a vendor's reply came to, as the codes of each vendor are judged. */
import type { Denial } from "../../app/ports/market-sources.ts";
import type { VendorReply } from "./vendor-call.ts";

/** A text of the vendor's is never kept: it may repeat the key. */
export type Verdict =
  | { readonly kind: "served"; readonly body: unknown }
  /** More calls than the vendor takes at a time. */
  | { readonly kind: "rate" }
  /** The token is none, or none any more. */
  | { readonly kind: "token" }
  | { readonly kind: "denied"; readonly why: Denial; readonly subject: string }
  | { readonly kind: "failed"; readonly detail: string; readonly retryable: boolean };

/** How the page of a firewall is told from one of another server. */
export interface PageSigns {
  /** Statuses under which a page of a firewall arrives. */
  readonly blocking: ReadonlySet<number>;
  /** Of the variable with the vendor's address. */
  readonly base: string;
}

/** The verdict on a web page in place of data; `null` for any other reply. */
export function judgePage(
  { status, bytes }: Pick<VendorReply, "status" | "bytes">,
  { blocking, base }: PageSigns,
): Verdict | null {
  if (!new TextDecoder().decode(bytes.subarray(0, 64)).trimStart().startsWith("<")) {
    return null;
  }
  return blocking.has(status)
    ? {
        kind: "denied",
        why: "blocked",
        subject: `A web page (status ${status}) instead of data: the vendor blocks this address. It is asked again after a day`,
      }
    : {
        kind: "failed",
        detail: `a web page (status ${status}). When it stays so, look at ${base}`,
        retryable: status >= 500,
      };
}

/** `null` for what is no JSON. */
export function parseBody(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    // The caller reports what is no JSON; the text itself may hold anything.
    return null;
  }
}
