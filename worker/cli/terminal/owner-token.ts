/** The owner's token: made once for local use, read from the environment or from `.dev.vars`, never printed. */
import { randomBytes } from "node:crypto";
import { chmodSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { CommandError } from "./command-error.ts";
import { secretIn } from "./vendor-secrets.ts";

function tokenIn(text: string): string | null {
  return secretIn(text, "OWNER_TOKEN");
}

/** Writes the file (mode 600) with a random token when it has none; what else stands in it stays. True: a token was made. */
export function ensureOwnerToken(file: string): boolean {
  const text = existsSync(file) ? readFileSync(file, "utf8") : "";
  if (tokenIn(text) !== null) {
    return false;
  }
  const before = text === "" || text.endsWith("\n") ? text : `${text}\n`;
  const token = randomBytes(32).toString("base64url");
  writeFileSync(file, `${before}OWNER_TOKEN=${token}\n`, { mode: 0o600 });
  // One that stood there, for a vendor's key, was made with whatever mode the shell gives.
  chmodSync(file, 0o600);
  return true;
}

/** `null`: no file, or no token in it. */
export function findOwnerToken(file: string): string | null {
  return existsSync(file) ? tokenIn(readFileSync(file, "utf8")) : null;
}

/** The environment wins; fails with a {@link CommandError} when neither has a token. */
export function readOwnerToken(env: Readonly<Record<string, string | undefined>>, file: string): string {
  const token = env["OWNER_TOKEN"] || findOwnerToken(file);
  if (token === null) {
    throw new CommandError(
      "No owner's token: set OWNER_TOKEN, or run `npm start` once, which writes .dev.vars.",
    );
  }
  return token;
}
