/** AL45: what of a failure may stand in a log: the texts of a platform's errors repeat addresses, and those hold tokens. */

const CODE = /^[A-Z][A-Z0-9_]{2,39}$/;
const NAME = /^[A-Z][A-Za-z]{2,39}$/;

/** The error's kind, and the code of what is behind it: `TypeError ECONNREFUSED`. Never its message. */
export function describeFault(error: unknown): string {
  const [name, codes]: [string, string[]] = [nameOf(error), []];
  for (
    let fault: unknown = error, depth = 0;
    fault instanceof Error && depth < 5;
    fault = fault.cause, depth++
  ) {
    if ("code" in fault && typeof fault.code === "string" && CODE.test(fault.code)) {
      codes.push(fault.code);
    }
  }
  return [name, ...new Set(codes)].join(" ");
}

function nameOf(error: unknown): string {
  return error instanceof Error && NAME.test(error.name) ? error.name : "failure";
}
