/** The failure of a neighbour, as a caller in the simulated world meets it: expected, and never a fault of ours. */

export class NetworkError extends Error {
  readonly retryable = true;
}
