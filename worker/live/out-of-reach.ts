/** The failure of a neighbour object: it did not answer, or not in time. Trying again later may help. */

export class OutOfReach extends Error {
  override readonly name = "OutOfReach";
  readonly retryable = true;
}
