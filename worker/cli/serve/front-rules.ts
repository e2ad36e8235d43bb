/** What the front of `npm start` refuses without asking the Worker. */

export interface Refused {
  readonly status: number;
  readonly text: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const LOOPBACK = /^(?:localhost|.+\.localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;
/** What the dev server answers beside the Worker's routes; none of the product's paths begins like this. */
const CLOSED = /^\/+(?:cdn-cgi|__cf_local|__scheduled|__wrangler)(?:\/|$)/i;

/** The name in a `Host` header, without its port; `null` when it names nothing. */
function nameIn(host: string | undefined): string | null {
  return (host === undefined ? null : URL.parse(`http://${host}`)?.hostname) ?? null;
}

/**
 * `null` when the request may pass. A page of another site can make its own name point to this machine, and is then of one origin
 * with the server: only the name in `Host` betrays it. `hosts`: further names, in lower case.
 */
export function closedReason(
  host: string | undefined,
  target: string,
  hosts: readonly string[],
): Refused | null {
  const name = nameIn(host);
  if (name === null || !(LOOPBACK.test(name) || hosts.includes(name))) {
    return {
      status: 421,
      text: "VCP Radar answers to the names of this machine (localhost, 127.0.0.1). Another name: npm start -- --host NAME",
    };
  }
  // The dev server reads the path as a URL does, dots and backslashes resolved.
  const path = target.startsWith("/") ? URL.parse(`http://${name}${target}`)?.pathname : undefined;
  if (path === undefined) {
    return { status: 400, text: "The request names no path." };
  }
  return CLOSED.test(path) ? { status: 404, text: "There is no such thing here." } : null;
}
