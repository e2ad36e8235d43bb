/** The chart as a file: the picture under its name, code and day, and over the sentence that it is no recommendation. */
import type { ChartLook } from "./chart-look.ts";

export interface PictureTexts {
  /** Name, code and day. */
  readonly title: string;
  /** What is drawn: days or weeks, the pattern or the near miss. */
  readonly subtitle: string;
  readonly notice: string;
  readonly credit: string;
}

/** In pixels of the page. */
const PAD = 12;
const HEAD = 48;
const LINE = 18;

/** `text` in lines of at most `width`, broken at blanks, or within a run of letters that has none. */
function wrap(context: CanvasRenderingContext2D, text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const part of text.split(" ")) {
    const next = line === "" ? part : `${line} ${part}`;
    if (line !== "" && context.measureText(next).width > width) {
      lines.push(line);
      line = part;
    } else {
      line = next;
    }
  }
  return [...lines, line];
}

/** `scale`: pixels of `chart` for one of the page. Throws where the browser gives no canvas. */
export function composePicture(
  chart: HTMLCanvasElement,
  scale: number,
  texts: PictureTexts,
  look: ChartLook,
): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  const width = chart.width / scale;
  const context = canvas.getContext("2d");
  if (context === null) {
    throw new Error("A canvas without a context");
  }
  context.font = `12px ${look.font}`;
  const foot = [...wrap(context, texts.notice, width - 2 * PAD), texts.credit];
  const height = HEAD + chart.height / scale + PAD + foot.length * LINE + PAD;
  canvas.width = chart.width;
  canvas.height = Math.round(height * scale);
  context.scale(scale, scale);
  context.fillStyle = look.surface;
  context.fillRect(0, 0, width, height);
  context.drawImage(chart, 0, HEAD, width, chart.height / scale);
  context.textBaseline = "top";
  context.fillStyle = look.text;
  context.font = `700 16px ${look.font}`;
  context.fillText(texts.title, PAD, PAD - 2, width - 2 * PAD);
  context.font = `12px ${look.font}`;
  context.fillStyle = look.muted;
  context.fillText(texts.subtitle, PAD, PAD + LINE, width - 2 * PAD);
  foot.forEach((line, i) => {
    context.fillText(line, PAD, HEAD + chart.height / scale + PAD + i * LINE, width - 2 * PAD);
  });
  return canvas;
}

/** Offers the picture as a file. Rejects where the browser makes none of it. */
export async function savePicture(canvas: HTMLCanvasElement, name: string): Promise<void> {
  const blob = await new Promise<Blob | null>((resolve) => {
    canvas.toBlob(resolve, "image/png");
  });
  if (blob === null) {
    throw new Error("A canvas that makes no file");
  }
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  // The browser has taken the file's bytes by then.
  setTimeout(() => {
    URL.revokeObjectURL(link.href);
  }, 60_000);
}
