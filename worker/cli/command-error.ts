/** How a command says what is wrong: one message for the person at the terminal, and the exit code for the script. */

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

/** Names the file in front of what went wrong with it. */
export async function about<T>(file: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    const isNameless = error instanceof CommandError && !error.message.startsWith(file);
    throw isNameless ? new CommandError(`${file}: ${error.message}`, error.exitCode) : error;
  }
}

/** `npm run scan | head`: nobody reads on, so there is nothing left to do. */
function leaveQuietly(error: Error): void {
  if ("code" in error && error.code === "EPIPE") {
    process.exit();
  }
  throw error;
}

/** Runs a command's `main`; every other error is a fault of the program and keeps its stack. */
export async function runCommand(main: () => Promise<void>): Promise<void> {
  process.stdout.once("error", leaveQuietly);
  try {
    await main();
  } catch (error) {
    if (error instanceof CommandError) {
      process.stderr.write(`${error.message}\n`);
      process.exitCode = error.exitCode;
      return;
    }
    throw error;
  }
}
