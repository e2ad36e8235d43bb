/** What a test holds against a limit is the work of this process, not how long a busy machine let it wait. */

/** Milliseconds of processor time that this process has taken so far. */
export function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}
