/** A copy of what a device keeps and this version cannot read, made before anything is written over it. */
import { readShelf, type Shelf, writeShelf } from "./shelf.ts";
import { logPage } from "../page-log.ts";

/** Copies of one record, so that a second one that cannot be read is not written over the first. */
const COPIES = 9;

/** The keys under which copies of a record may stand, in their order. */
export function asideKeys(key: string): readonly string[] {
  return Array.from({ length: COPIES }, (_, i) => (i === 0 ? `${key}.aside` : `${key}.aside.${i + 1}`));
}

/** Whether a copy is there; without one nothing may be written over the record. Leaves one line, and nothing of the text in it. */
export function setAside(shelf: Shelf, key: string, text: string): boolean {
  const copies = asideKeys(key).map((at) => [at, readShelf(shelf, at)] as const);
  if (copies.some(([, copy]) => copy === text)) {
    return true;
  }
  const free = copies.find(([, copy]) => copy === null)?.[0];
  const isCopied = free !== undefined && writeShelf(shelf, free, text);
  logPage(`Cannot read all of ${key}: ${isCopied ? `a copy is under ${free}` : "nothing is written there"}`);
  return isCopied;
}
