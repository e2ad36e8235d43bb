/** The routes that need the owner's token, for the API page and the OpenAPI document. */
import {
  ActionsQuery,
  BarsQuery,
  ExchangeQuery,
  ExportQuery,
  ImportQuery,
} from "../../protocol/rest/query.ts";
import type { ApiRoute } from "./api-route.ts";

const PRICES = "date,open,high,low,close,volume and optional value,shares,base_price";
const A_BAR = "2025-06-17,58000,59100,57800,58900,12345678";

const SCAN: Omit<ApiRoute, "path" | "example"> = {
  method: "post",
  summary: "Scans the market now and saves what it finds; `top_n` 0 answers with all.",
  query: ExchangeQuery,
  body: { type: "application/json", schema: "ScanRequest" },
  answer: { schema: "ScanAnswer" },
  problems: ["busy", "no-bars", "scan-skipped", "scan-failed"],
  owner: true,
};

export const OWNING: readonly ApiRoute[] = [
  { ...SCAN, path: "/api/kr/scan", example: { path: "/api/kr/scan", body: '{"top_n":5,"min_score":60}' } },
  { ...SCAN, path: "/api/kr/scan/vcp", example: { path: "/api/kr/scan/vcp", body: '{"market":"KOSPI"}' } },
  {
    method: "post",
    path: "/api/admin/bars",
    summary: "Daily bars as CSV, at most 4 MiB; a chunk of a larger file names its import and its number.",
    query: BarsQuery,
    body: { type: "text/csv", columns: `ticker,${PRICES}` },
    answer: { schema: "ImportReport" },
    problems: ["unreadable-file"],
    owner: true,
    example: {
      path: "/api/admin/bars?exchange=KRX",
      body: `ticker,date,open,high,low,close,volume\n005930,${A_BAR}`,
    },
  },
  {
    method: "post",
    path: "/api/admin/indices",
    summary: "Daily bars of the indices as CSV.",
    query: ImportQuery,
    body: { type: "text/csv", columns: `index,${PRICES}` },
    answer: { schema: "ImportReport" },
    problems: ["unreadable-file"],
    owner: true,
    example: {
      path: "/api/admin/indices?exchange=KRX",
      body: "index,date,open,high,low,close,volume\nKOSPI,2025-06-17,2950.1,2965.4,2940.2,2950.3,512345678",
    },
  },
  {
    method: "post",
    path: "/api/admin/instruments",
    summary: "The master of instruments as CSV.",
    query: ImportQuery,
    body: {
      type: "text/csv",
      columns: "ticker,name,market and optional department,industry,kind,notice,listed_on,listed_shares",
    },
    answer: { schema: "ImportReport" },
    problems: ["unreadable-file"],
    owner: true,
    example: {
      path: "/api/admin/instruments?exchange=KRX",
      body: "ticker,name,market\n005930,Samsung Electronics,KOSPI",
    },
  },
  {
    method: "get",
    path: "/api/admin/bars",
    summary:
      "The raw rows as CSV, some tickers at a time; the header X-Next-After names the `after` of the next page.",
    query: ExportQuery,
    answer: { type: "text/csv" },
    owner: true,
    example: { path: "/api/admin/bars?exchange=KRX&limit=5" },
  },
  {
    method: "get",
    path: "/api/admin/indices",
    summary: "The raw rows of the indices as CSV.",
    query: ImportQuery,
    answer: { type: "text/csv" },
    owner: true,
    example: { path: "/api/admin/indices?exchange=KRX" },
  },
  {
    method: "get",
    path: "/api/admin/imports/{id}",
    summary: "The chunk that an import goes on with; 0 when it is unknown or complete.",
    query: ImportQuery,
    answer: { schema: "ImportPosition" },
    owner: true,
    example: { path: "/api/admin/imports/set-1?exchange=KRX" },
  },
  {
    method: "get",
    path: "/api/admin/exchange",
    summary: "The active exchange.",
    answer: { schema: "ActiveExchange" },
    owner: true,
    example: { path: "/api/admin/exchange" },
  },
  {
    method: "put",
    path: "/api/admin/exchange",
    summary: "Switches the active exchange; every stream begins a new epoch.",
    body: { type: "application/json", schema: "ActiveExchange" },
    answer: { schema: "ActiveExchange" },
    owner: true,
    example: { path: "/api/admin/exchange", body: '{"exchange":"DEMO"}' },
  },
  {
    method: "get",
    path: "/api/admin/actions",
    summary: "What was done in the owner's name, newest first.",
    query: ActionsQuery,
    answer: { schema: "OwnerActions" },
    owner: true,
    example: { path: "/api/admin/actions?limit=10" },
  },
  {
    method: "post",
    path: "/api/admin/demo",
    summary: "The demo's clock: pause, resume, advance by a tick or a session; and faults for tests.",
    body: { type: "application/json", schema: "DemoCommand" },
    answer: { schema: "DemoAnswer" },
    problems: ["demo-inactive"],
    owner: true,
    example: { path: "/api/admin/demo", body: '{"resume":true}' },
  },
];
