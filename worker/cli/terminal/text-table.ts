/** Columns of text on a terminal, where a Korean character is two cells wide. */

export interface TextColumn {
  readonly title: string;
  readonly align: "left" | "right";
}

/** Hangul, kana, Chinese characters and full-width forms. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/u;

function cellsOf(text: string): number {
  return Array.from(text).reduce((sum, letter) => sum + (WIDE.test(letter) ? 2 : 1), 0);
}

function pad(text: string, width: number, align: TextColumn["align"]): string {
  const space = " ".repeat(Math.max(0, width - cellsOf(text)));
  return align === "left" ? text + space : space + text;
}

/** A title line and one line a row, without a line break at the end. */
export function drawTable(columns: readonly TextColumn[], rows: readonly (readonly string[])[]): string {
  const lines = [columns.map((column) => column.title), ...rows];
  const widths = columns.map((_, i) => Math.max(...lines.map((line) => cellsOf(line[i] ?? ""))));
  return lines
    .map((line) =>
      columns
        .map(({ align }, i) => pad(line[i] ?? "", widths[i] ?? 0, align))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
