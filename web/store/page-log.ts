/** The one log that a page has: the browser's. */

/** One line for what went wrong and is gone on with. `what`: the event, in snake case or as a sentence; `detail` holds no secret. */
export function logPage(what: string, ...detail: readonly unknown[]): void {
  // oxlint-disable-next-line no-console -- a page has no other log
  console.warn(what, ...detail);
}
