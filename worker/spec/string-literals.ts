/**
 * The string literals of a source text, with what stands before each: enough to read test titles without a parser,
 * and proof against titles in comments, in other strings and in regular expressions.
 */

export interface StringLiteral {
  /** Between the quotes, escapes and `${}` as written. */
  readonly text: string;
  /** The code before the literal, without comments, strings shortened to `""`. */
  readonly before: string;
  /** Counts from 1. */
  readonly line: number;
}

/** Where a `/` may begin a regular expression: not after a value. */
const EXPECTS_VALUE = /(?:^|[(,=:[!&|?{};+\-*%<>~^]|\b(?:return|typeof|case|in|of))\s*$/;
const REGEX = /\/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])+\/[a-z]*/y;
const COMMENT = /\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/y;

function matchAt(pattern: RegExp, source: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.exec(source)?.[0].length ?? 0;
}

/** The index after a literal whose opening quote stands at `open`. Code inside `${}` belongs to the literal. */
function endOfString(source: string, open: number): number {
  const quote = source[open];
  let at = open + 1;
  while (at < source.length && source[at] !== quote) {
    if (source[at] === "\\") {
      at += 2;
    } else if (quote === "`" && source.startsWith("${", at)) {
      at = endOfSubstitution(source, at + 2);
    } else if (quote !== "`" && source[at] === "\n") {
      return at;
    } else {
      at += 1;
    }
  }
  return at + 1;
}

function endOfSubstitution(source: string, start: number): number {
  let depth = 1;
  let at = start;
  while (at < source.length && depth > 0) {
    const char = source[at];
    if (char === '"' || char === "'" || char === "`") {
      at = endOfString(source, at);
      continue;
    }
    depth += char === "{" ? 1 : char === "}" ? -1 : 0;
    at += 1;
  }
  return at;
}

export function stringLiterals(source: string): readonly StringLiteral[] {
  const found: StringLiteral[] = [];
  let code = "";
  let line = 1;
  let at = 0;
  while (at < source.length) {
    const char = source[at];
    let end = at + 1;
    if (char === '"' || char === "'" || char === "`") {
      end = endOfString(source, at);
      found.push({ text: source.slice(at + 1, end - 1), before: code, line });
      code += '""';
    } else if (char === "/") {
      const comment = matchAt(COMMENT, source, at);
      const regex = comment === 0 && EXPECTS_VALUE.test(code) ? matchAt(REGEX, source, at) : 0;
      end = at + Math.max(1, comment, regex);
      code += comment > 0 ? "" : regex > 0 ? "0" : char;
    } else {
      code += char;
    }
    line += source.slice(at, end).split("\n").length - 1;
    at = end;
  }
  return found;
}
