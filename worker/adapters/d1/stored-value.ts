/**
 * Values on their way into a row and out of it. Both ways pass the same schema: a value that
 * could not be read again is not written, and a value that was read is not trusted by its static type.
 */
import * as v from "valibot";
import { assert } from "../../core/assert.ts";
import { storeError } from "./store-error.ts";

export type Stored<T> = v.GenericSchema<unknown, T>;

/** A value on its way into a row; one that its schema refuses (a NaN, a lost field) is a broken invariant of the caller. */
export function accept<T>(schema: Stored<T>, value: T, what: string): T {
  const result = v.safeParse(schema, value);
  assert(result.success, `${what} cannot be stored: ${result.success ? "" : issueOf(result.issues)}`);
  return result.output;
}

/** An accepted value as the JSON of a column. */
export function encode<T>(schema: Stored<T>, value: T, what: string): string {
  return JSON.stringify(accept(schema, value, what));
}

/** The value of a JSON column. Throws a failure of D1 when the column does not hold what it should. */
export function decode<T>(schema: Stored<T>, json: string, what: string): T {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    throw storeError(`read ${what}`, false, error);
  }
  return check(schema, value, what);
}

/** A value read from columns, checked. Throws a failure of D1 when its schema refuses it. */
export function check<T>(schema: Stored<T>, value: unknown, what: string): T {
  const result = v.safeParse(schema, value);
  if (!result.success) {
    throw storeError(`read ${what}`, false, new Error(issueOf(result.issues)));
  }
  return result.output;
}

function issueOf(issues: readonly v.BaseIssue<unknown>[]): string {
  const [issue] = issues;
  return issue ? `${v.getDotPath(issue) ?? "value"}: ${issue.message}` : "no issue given";
}
