/** A rule of the SPEC broken on purpose, by one change of the source's text: some test must notice. */
export interface Mutation {
  /** The rule of worker/core/SPEC.md that is broken. */
  readonly rule: string;
  /** Below worker/. */
  readonly file: string;
  /** Stands exactly once in the file. */
  readonly from: string;
  readonly to: string;
}

/** Mutations of one file: rule, text, text instead. */
export function mutationsOf(
  file: string,
  changes: readonly (readonly [rule: string, from: string, to: string])[],
): readonly Mutation[] {
  return changes.map(([rule, from, to]) => ({ rule, file, from, to }));
}
