/** The way to the login and back to the page that was asked for. */

export const LOGIN_PATH = "/login";

/** The address of the login that leads back to `path`. */
export function loginFor(path: string): string {
  return `${LOGIN_PATH}?to=${encodeURIComponent(path)}`;
}

/** Where a login leads: the page in `search`, `?to=/runs`, unless it is of another site or the login itself; then the first page. */
export function placeAfterLogin(search: string, origin: string): string {
  const to = URL.parse(new URLSearchParams(search).get("to") ?? "/", origin);
  // A path that begins with two slashes is another site to whoever reads it anew: /.//elsewhere.example is one once it is resolved.
  const isElsewhere = to === null || to.origin !== origin || to.pathname.startsWith("//");
  return isElsewhere || to.pathname === LOGIN_PATH ? "/" : `${to.pathname}${to.search}${to.hash}`;
}
