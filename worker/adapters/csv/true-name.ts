/** Files that are no text, by their first bytes, whatever they are called: what they are, and what makes a CSV of them. */

interface Kind {
  readonly name: string;
  /** The one command or menu. `FILE` stands for the file's name. */
  readonly remedy: string;
}

const SPREADSHEET = "open it and choose File > Save As > CSV UTF-8, the column of codes as text";
const pandas = (reader: string): string =>
  `python3 -c "import pandas as pd; pd.${reader}('FILE').reset_index().to_csv('FILE.csv', index=False)"`;

const BINARY: readonly (readonly [start: string, kind: Kind])[] = [
  ["PAR1", { name: "a Parquet file", remedy: pandas("read_parquet") }],
  ["ARROW1", { name: "an Arrow file", remedy: pandas("read_feather") }],
  ["\xd0\xcf\x11\xe0", { name: "an old Excel workbook (.xls)", remedy: SPREADSHEET }],
  ["%PDF", { name: "a PDF", remedy: "download the table as CSV instead" }],
  [
    "SQLite format 3",
    { name: "an SQLite database", remedy: 'sqlite3 -csv -header FILE "SELECT ..." > FILE.csv' },
  ],
  ["7z\xbc\xaf", { name: "a 7z archive", remedy: "7z x FILE" }],
  ["Rar!", { name: "a RAR archive", remedy: "unrar x FILE" }],
  ["BZh", { name: "a bzip2 file", remedy: "bunzip2 FILE" }],
  ["\xfd7zXZ", { name: "an xz file", remedy: "unxz FILE" }],
  ["\x28\xb5\x2f\xfd", { name: "a zstd file", remedy: "unzstd FILE" }],
  ["\x80\x04\x95", { name: "a Python pickle", remedy: pandas("read_pickle") }],
];

const WORKBOOK: Kind = { name: "an Excel workbook (.xlsx)", remedy: SPREADSHEET };
const OPEN_DOCUMENT: Kind = { name: "an OpenDocument file", remedy: SPREADSHEET };
const WEB_PAGE: Kind = { name: "a web page (HTML), whatever its name ends in", remedy: SPREADSHEET };
const XML: Kind = { name: "XML", remedy: SPREADSHEET };
const JSON_TEXT: Kind = { name: "JSON", remedy: pandas("read_json") };

/** Names of what is inside a zip decide whether it is an archive of files or one document. */
export function documentOf(members: readonly string[]): Kind | null {
  if (members.some((name) => name.startsWith("xl/") || name === "[Content_Types].xml")) {
    return WORKBOOK;
  }
  return members.some((name) => name === "mimetype" || name === "content.xml") ? OPEN_DOCUMENT : null;
}

function firstMember(head: string): string {
  const length = head.charCodeAt(26) + 256 * head.charCodeAt(27);
  return head.slice(30, 30 + length);
}

function textKindOf(head: string): Kind | null {
  // A byte order mark in its two widths, and the zero bytes of UTF-16.
  const start = head.replaceAll(/^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)|\0/g, "").trimStart();
  if (/^(?:<!doctype html|<html|<head|<meta|<body|<table|<style|<div|<script)/i.test(start)) {
    return WEB_PAGE;
  }
  if (/^<\?xml/i.test(start)) {
    return XML;
  }
  return /^(?:\{\s*["}]|\[\s*[[{\]"\d])/.test(start) ? JSON_TEXT : null;
}

/** What a file is that is no text of columns; `null` when nothing speaks against it. `head`: its first bytes, some 512 of them. */
export function trueKindOf(head: Uint8Array): Kind | null {
  const text = String.fromCharCode(...head.subarray(0, 512));
  const binary = BINARY.find(([start]) => text.startsWith(start));
  if (binary !== undefined) {
    return binary[1];
  }
  return text.startsWith("PK\x03\x04") ? documentOf([firstMember(text)]) : textKindOf(text);
}

/** `an Excel workbook (.xlsx), not CSV: open it and ...`. */
export function describeKind({ name, remedy }: Kind, file: string): string {
  return `${name}, not CSV: ${remedy.replaceAll("FILE", file)}`;
}
