/** How a command reports what is wrong: one message for the person at the terminal, and the exit code for the script. */

/** 1: the input or a neighbour is at fault. 2: the command was typed wrongly. */
export type FailureCode = 1 | 2;

/** Ends a command with its message alone, without a stack. */
export class CommandError extends Error {
  override readonly name = "CommandError";
  readonly exitCode: FailureCode;

  constructor(message: string, exitCode: FailureCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** What went wrong, for the person at the terminal. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Names the file in front of what went wrong with it. */
export async function about<T>(file: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    const isNamed =
      error instanceof CommandError &&
      (error.message.startsWith(file) || file.startsWith(error.message.split(": ", 1)[0] ?? file));
    const isNameless = error instanceof CommandError && !isNamed;
    throw isNameless ? new CommandError(`${file}: ${error.message}`, error.exitCode) : error;
  }
}

/** The machine is at fault and not the program: no space, no right, no more open files. */
const OF_THE_MACHINE = new Set(["ENOSPC", "EDQUOT", "EROFS", "EACCES", "EPERM", "EIO", "EMFILE"]);

function isOfTheMachine(error: unknown): error is Error {
  return (
    error instanceof Error &&
    "code" in error &&
    typeof error.code === "string" &&
    OF_THE_MACHINE.has(error.code)
  );
}

/** `npm run scan | head`: nobody reads on, so there is nothing left to do. A full disk is reported. */
function leave(error: Error): void {
  if ("code" in error && error.code === "EPIPE") {
    process.exit();
  }
  process.stderr.write(`The output could not be written: ${error.message}\n`);
  process.exit(1);
}

/** Runs a command's `main`; an error that is no {@link CommandError} and not the machine's is a fault of the program and keeps its stack. */
export async function runCommand(main: () => Promise<void>): Promise<void> {
  process.stdout.once("error", leave);
  // Progress that nobody reads is no reason to lose the result.
  process.stderr.on("error", () => {});
  try {
    await main();
  } catch (error) {
    if (error instanceof CommandError || isOfTheMachine(error)) {
      process.stderr.write(`${error.message}\n`);
      process.exitCode = error instanceof CommandError ? error.exitCode : 1;
      return;
    }
    throw error;
  }
}
