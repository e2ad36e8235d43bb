/** Hands a text to the reader as a file, or to the clipboard. */

export function offerFile(name: string, text: string, type: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  // The browser has taken the file's bytes by then.
  setTimeout(() => {
    URL.revokeObjectURL(link.href);
  }, 60_000);
}

/** Whether the browser took it: without a secure origin, or the reader's permission, it refuses. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Expected as above: the page offers the file instead.
    return false;
  }
}

/** As file systems take it, and never empty. `day`: as the page writes days. */
export function fileName(label: string, ending: string, day: string): string {
  const plain = label.replaceAll(/[^\p{L}\p{N}]+/gu, "-").replaceAll(/^-|-$/gu, "");
  return `${plain || "list"}-${day}.${ending}`;
}
