/** One versioned record of what a device keeps, read by a schema. */
import * as v from "valibot";
import { createKept, type Kept, parseText, type RecordPlace } from "./kept.ts";

export type DeviceRecord<T> = Kept<T>;

export interface RecordOptions<T> {
  readonly key: string;
  readonly empty: T;
  /** From the parsed JSON, with its version. */
  readonly schema: v.GenericSchema<unknown, T>;
  /** What is stored of a value. */
  readonly encode: (value: T) => object;
}

export function createRecord<T>(
  place: RecordPlace,
  { key, empty, schema, encode }: RecordOptions<T>,
): DeviceRecord<T> {
  return createKept(place, {
    key,
    read: (text) => {
      const found = text === null ? null : v.safeParse(schema, parseText(text));
      return found?.success === true
        ? { value: found.output, isWhole: true }
        : { value: empty, isWhole: found === null };
    },
    encode: (value) => JSON.stringify(encode(value)),
  });
}
