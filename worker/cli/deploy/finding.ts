/** One thing that `npm run doctor` prints. No secret enters here. */

/** `note`: not wrong, and worth knowing. */
export interface Finding {
  readonly mark: "ok" | "note" | "wrong";
  readonly about: string;
  readonly text: string;
}

export function finding(mark: Finding["mark"], about: string, text: string): Finding {
  return { mark, about, text };
}
