/**
 * The wall around the vendors' wire: a field name of KRX, KIS or Kiwoom outside its adapter ties the code to one vendor.
 * Recognised by the vendors' abbreviations, none of which is a part of an English identifier, and not by a list of fields.
 */

export interface VendorName {
  readonly name: string;
  readonly file: string;
  /** Counts from 1. */
  readonly line: number;
}

/** The adapters speak the wire, and the fakes of the vendors below worker/testing answer in it. */
const FREE = /^worker\/(?:adapters|testing)\//;

/** Names of several parts, in code, keys, strings and comments. */
const SEVERAL_PARTS = /\b[A-Za-z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)+\b/g;
const ONE_PART = /\b(?:(?:ask|bid)p\d+|Out(?:Block)\w*)\b/g;

/** One part of a name, as the vendors shorten it. */
const ABBREVIATION = new RegExp(
  `^(?:${[
    "isu|tdd|bydd|trdvol|trdval|(?:cls|opn|hg|lw)prc|cmpprevdd|fluc|shrs|secugrp|stkcert|mktcap|outblock",
    "stck|acml|prdy|bstp|mksc|mkop|shrn|iscd|isnm|nmix|prpr|oprc|hgpr|lwpr|clpr|sdpr|mxpr|llam|vrss|ctrt|pbmn",
    "bsop|cntg|rsqn|ntby|trht|dvsn|inter2|fid|(?:ask|bid)p\\d*",
    "stk|prc|prica?|trde|flu|pred|stkpc|invsr|orgn|cntr|uplm|lslm",
    "mkt|mrkt|cls|clss|issu|tr|cd|nm|dd|dt|yn|tp|qty",
  ].join("|")})$`,
  "i",
);

/** In order of the text. A file below the adapters or the fakes has none. */
export function findVendorNames(file: string, source: string): readonly VendorName[] {
  if (FREE.test(file)) {
    return [];
  }
  return source.split("\n").flatMap((text, index) => {
    const several = [...text.matchAll(SEVERAL_PARTS)].filter(([name]) =>
      name.split("_").some((part) => ABBREVIATION.test(part)),
    );
    return [...several, ...text.matchAll(ONE_PART)]
      .toSorted((a, b) => a.index - b.index)
      .map(([name]) => ({ name, file, line: index + 1 }));
  });
}

/** One line a name, `file:line` first. */
export function describeVendorName({ name, file, line }: VendorName): string {
  return `${file}:${line} ${name} is a vendor's field: it belongs below worker/adapters`;
}
