/**
 * How much work a piece of program does, as the number of elements that its collections touch: the same number on every machine,
 * so that a test can fail on quadratic growth without measuring time.
 */
import { assert } from "../../core/assert.ts";

/** Methods that touch one element, and those that touch every element of their receiver or of their result. */
const OF_ONE = [
  [Set.prototype, ["add", "has", "delete"]],
  [Map.prototype, ["get", "set", "has", "delete"]],
] as const;
const OF_ALL = [
  [Set.prototype, [Symbol.iterator, "values", "forEach"]],
  [Map.prototype, [Symbol.iterator, "values", "keys", "entries", "forEach"]],
  [
    Array.prototype,
    [
      "filter",
      "map",
      "flatMap",
      "some",
      "every",
      "find",
      "includes",
      "indexOf",
      "reduce",
      "join",
      "toSorted",
    ],
  ],
] as const;

let operations = 0;

/** Elements touched while `act` runs, everything included that runs at the same time. Not to be nested. */
export async function countOperations(act: () => Promise<void>): Promise<number> {
  operations = 0;
  const undo = [
    ...OF_ONE.flatMap(([owner, names]) => names.map((name) => counting(owner, name, () => 1))),
    ...OF_ALL.flatMap(([owner, names]) => names.map((name) => counting(owner, name, sizeOf))),
  ];
  try {
    await act();
    return operations;
  } finally {
    undo.forEach((back) => {
      back();
    });
  }
}

function sizeOf(collection: unknown): number {
  if (collection instanceof Set || collection instanceof Map) {
    return collection.size;
  }
  return Array.isArray(collection) ? collection.length : 0;
}

/** Returns how to put the method back. */
function counting(owner: object, name: string | symbol, cost: (receiver: unknown) => number): () => void {
  const before = Object.getOwnPropertyDescriptor(owner, name);
  const method: unknown = before?.value;
  assert(before !== undefined && typeof method === "function", `There is no method ${String(name)}`);
  const value = function counted(this: unknown, ...args: unknown[]): unknown {
    operations += cost(this);
    return Reflect.apply(method, this, args);
  };
  Object.defineProperty(owner, name, { ...before, value });
  return () => {
    Object.defineProperty(owner, name, before);
  };
}
