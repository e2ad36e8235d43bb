/** AL33: the address of an installation as others may know it. */

/** Names that are given to nobody in the public network. */
const INNER = /(?:^|\.)(?:localhost|local|internal|invalid|home\.arpa|lan)$/u;

/** The origin of an https address of a public name; `null` for another one, for an IP address, and for a text that is no address. */
export function publicOrigin(text: string): string | null {
  const url = URL.parse(text);
  if (url === null || url.protocol !== "https:") {
    return null;
  }
  const { hostname } = url;
  const isName = hostname.includes(".") && /[a-z]$/u.test(hostname);
  return isName && !INNER.test(hostname) ? url.origin : null;
}
