/**
 * `npm run cost`: the month of one owner with five open pages, the bill of 1,000, 100,000 and 1,000,000 clients, and what a deploy does
 * to them. Prints; measures nothing.
 */
import { billOf, stormOf, USUAL } from "./cost-model.ts";
import { billOfMonth, liveDays, ownerMonths, pastOnce, shareOfFreeDay, type Usage } from "./owner-month.ts";

const SIZES = [1_000, 100_000, 1_000_000];
/** Ticks a second: once in five seconds, as often as the demo and a vendor's feed move, and four times a second. */
const RATES = [0.2, 1, 4];
/** Regions with readers, by size: relays stand one in each, two in the busy ones. */
const RELAYS: Readonly<Record<number, number>> = { 1_000: 3, 100_000: 6, 1_000_000: 18 };
/** Measured on two shared cores (`npm run load`, the column of connects): a slow machine's figure. */
const RETURNS_A_SECOND = 200;
const SPREAD_SECONDS = 5;

function dollars(value: number): string {
  return `$${value.toFixed(0)}`.padStart(9);
}

const BILLED: readonly (readonly [field: keyof Usage, what: string])[] = [
  ["worker", "requests of the Worker"],
  ["calls", "requests of objects (messages 20:1)"],
  ["gigabyteSeconds", "GB-s of objects awake"],
  ["objectRead", "rows read in objects"],
  ["objectWritten", "rows written in objects"],
  ["databaseRead", "rows read in D1"],
  ["databaseWritten", "rows written in D1"],
];

const ofOneDay = [pastOnce(), ...liveDays()];
for (const month of [...ownerMonths(), ...ofOneDay]) {
  const isDay = ofOneDay.includes(month);
  const [bill, share] = [billOfMonth(month), shareOfFreeDay(month, isDay ? 1 : undefined)];
  console.log(
    isDay
      ? `${month.name}; last column: share of a free day`
      : `One owner, five open pages, ${month.name}: $${bill.total.toFixed(2)} a month on the paid plan; last column: share of a free day`,
  );
  for (const [field, what] of BILLED) {
    const count = Math.round(month.usage[field]).toLocaleString("en").padStart(14);
    const part = `${(share[field] * 100).toFixed(share[field] < 0.1 ? 1 : 0)} %`.padStart(13);
    console.log(
      `  ${what.padEnd(38)}${count}${`$${bill[field].toFixed(2)}`.padStart(10)}${part}${share[field] > 1 ? "  free plan: refused" : ""}`,
    );
  }
  console.log("");
}
console.log(
  `${"clients".padStart(9)}${"Hz".padStart(5)}${"gateways".padStart(10)}${"direct".padStart(9)}${"relays".padStart(9)}${"feed calls/s".padStart(14)}${"by relays".padStart(11)}${"gateway load".padStart(14)}`,
);
for (const clients of SIZES) {
  for (const hz of RATES) {
    const direct = billOf({ ...USUAL, clients, hz, relays: null });
    const relayed = billOf({ ...USUAL, clients, hz, relays: RELAYS[clients] ?? 3 });
    console.log(
      `${String(clients).padStart(9)}${String(hz).padStart(5)}${String(direct.gateways).padStart(10)}${dollars(direct.total)}${dollars(relayed.total)}${direct.feedCallsASecond.toFixed(0).padStart(14)}${relayed.feedCallsASecond.toFixed(0).padStart(11)}${`${(direct.gatewayLoad * 100).toFixed(0)} %`.padStart(14)}`,
    );
  }
}
for (const clients of SIZES) {
  const { gateways } = billOf({ ...USUAL, clients, hz: 1, relays: null });
  const { returnsAGateway, seconds, subscribes } = stormOf(
    clients,
    gateways,
    RETURNS_A_SECOND,
    SPREAD_SECONDS,
  );
  console.log(
    `deploy with ${clients} clients: ${returnsAGateway.toFixed(0)} returns a second on each of ${gateways} gateways, all back after ${seconds.toFixed(0)} s, ${subscribes} calls to the topics`,
  );
}
