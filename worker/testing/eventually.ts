/** SP13: a test waits for what a slow machine brings late, so that what fails is what is tested. */
import { vi } from "vitest";

/** Milliseconds: below the limit of a test, and longer than what is waited for takes where eight things run at once. */
const PATIENCE_MS = 20_000;

/** What the check returns, as soon as it no longer throws; rejects with what it threw last, after so many milliseconds. */
export async function eventually<T>(check: () => T | Promise<T>, ms: number = PATIENCE_MS): Promise<T> {
  return vi.waitFor(check, { timeout: ms });
}

/** Resolves as soon as the check is true. */
export async function eventuallyTrue(check: () => boolean): Promise<void> {
  await vi.waitUntil(check, { timeout: PATIENCE_MS, interval: 5 });
}
