/** Why a secret cannot be sent: what a header cannot carry would stand in the platform's error, and so in a log. */

const HEADER_TEXT = /^[\x21-\x7e]{1,512}$/;

/** By the name of each secret. `null` when all can be sent. */
export function keyProblem(secrets: Readonly<Record<string, string>>): string | null {
  for (const [name, value] of Object.entries(secrets)) {
    if (value === "") {
      return `${name} is not set`;
    }
    if (!HEADER_TEXT.test(value)) {
      return `${name} has spaces, line ends or other signs that no key has: set it again`;
    }
  }
  return null;
}
