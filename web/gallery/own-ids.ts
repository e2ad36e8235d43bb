/** Gives the ids inside an element a prefix, with what refers to them: a gallery shows the same part many times in one document. */

/** Attributes whose value names ids, separated by blanks. */
const REFERENCES = ["for", "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns"] as const;
const MARK = "--";

function prefixed(value: string, prefix: string): string {
  return value
    .split(" ")
    .map((id) => (id === "" || id.includes(MARK) ? id : `${prefix}${MARK}${id}`))
    .join(" ");
}

function rename(root: Element, prefix: string): void {
  for (const name of ["id", ...REFERENCES]) {
    for (const element of root.querySelectorAll(`[${name}]`)) {
      const before = element.getAttribute(name) ?? "";
      const after = prefixed(before, prefix);
      if (after !== before) {
        element.setAttribute(name, after);
      }
    }
  }
  // Radio buttons of one name are one choice in the whole document.
  for (const input of root.querySelectorAll<HTMLInputElement>("input[type=radio]")) {
    if (!input.name.includes(MARK)) {
      const { checked } = input;
      input.name = prefixed(input.name, prefix);
      input.checked = checked;
    }
  }
}

/** Also for what comes later. Returns how to stop. */
export function ownIds(root: Element, prefix: string): () => void {
  rename(root, prefix);
  const observer = new MutationObserver(() => {
    rename(root, prefix);
  });
  observer.observe(root, {
    subtree: true,
    childList: true,
    attributes: true,
    attributeFilter: ["id", "name", ...REFERENCES],
  });
  return () => {
    observer.disconnect();
  };
}
