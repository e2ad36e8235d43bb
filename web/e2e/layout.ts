/** What of a page's layout a reader would stumble over, as code that runs in the page: each gives the faults by name. */

/** Elements as a reader of a test finds them again. */
const NAME = `
  const nameOf = (one) => {
    const at = one.closest("[data-state]");
    const place = at === null ? "" : at.dataset.part + "/" + at.dataset.state + " ";
    return place + one.localName + (typeof one.className === "string" ? "." + one.className.trim().replaceAll(" ", ".") : "") + " " + one.textContent.trim().slice(0, 40);
  };
  const isSeen = (one) =>
    one.checkVisibility() && one.closest(".visually-hidden, .skip, svg") === null && getComputedStyle(one).clipPath === "none";`;

/** Pixels that the document is wider than its screen. */
export const SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth";

/** Texts that are cut, unless an ellipsis shows it and a title has the whole. */
export const CLIPPED = `(() => {
  ${NAME}
  const isCut = (one) => {
    const { overflowX, overflowY } = getComputedStyle(one);
    const cuts = (overflow) => overflow === "hidden" || overflow === "clip";
    return (cuts(overflowX) && one.scrollWidth > one.clientWidth + 1) || (cuts(overflowY) && one.scrollHeight > one.clientHeight + 2);
  };
  const isAllowed = (one) =>
    getComputedStyle(one).textOverflow === "ellipsis" && (one.closest("[title]") ?? one.querySelector("[title]")) !== null;
  // A field scrolls what it holds; the canvases of a chart are cut by their maker.
  return [...document.body.querySelectorAll(":not(input, select, textarea, .chart-host, .chart-host *)")]
    .filter((one) => isSeen(one) && one.clientWidth > 2 && isCut(one) && !isAllowed(one))
    .map(nameOf);
})()`;

/** Tables of which a part is only seen after a sweep to the side. */
export const SCROLLED = `(() => {
  ${NAME}
  return [...document.querySelectorAll(".table-scroll")]
    .filter((one) => isSeen(one) && one.scrollWidth > one.clientWidth + 1)
    .map((one) => nameOf(one) + " by " + (one.scrollWidth - one.clientWidth) + " px");
})()`;

/** Words that go on in the next line, where no hyphen and no blank lets them. */
export const BROKEN = `(() => {
  ${NAME}
  const found = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const range = document.createRange();
    range.selectNodeContents(node);
    // Code may end anywhere.
    if (range.getClientRects().length < 2 || !isSeen(node.parentElement) || node.parentElement.closest("pre, code") !== null) continue;
    for (const { 0: word, index } of node.data.matchAll(/[\\p{L}\\p{N}]{2,}/gu)) {
      range.setStart(node, index);
      range.setEnd(node, index + word.length);
      const lines = range.getClientRects();
      if (lines.length > 1 && lines[lines.length - 1].top >= lines[0].bottom - 2) found.add(nameOf(node.parentElement) + ": " + word);
    }
  }
  return [...found];
})()`;

/** Boxes of the texts that are seen, each cut as its frames cut it. What floats over the page on purpose is left out. */
const TEXTS = `
  const FLOATING = "dialog, .ribbon, .search-found, .app-header > nav, .chart-host, .chart-tip, thead, [aria-hidden=true]";
  const frames = new Map();
  // What of an element's place can be seen: all that scrolls or cuts round it.
  const frameOf = (one) => {
    if (one === null) return { left: -Infinity, right: Infinity, top: -Infinity, bottom: Infinity };
    const known = frames.get(one);
    if (known !== undefined) return known;
    const outer = frameOf(one.parentElement);
    const { overflowX, overflowY } = getComputedStyle(one);
    const box = one.getBoundingClientRect();
    const isFrame = one !== document.body && one !== document.documentElement && (overflowX !== "visible" || overflowY !== "visible");
    const frame = isFrame
      ? { left: Math.max(outer.left, box.left), right: Math.min(outer.right, box.right), top: Math.max(outer.top, box.top), bottom: Math.min(outer.bottom, box.bottom) }
      : outer;
    frames.set(one, frame);
    return frame;
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const boxes = [];
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const parent = node.parentElement;
    if (node.data.trim() === "" || !isSeen(parent) || parent.closest(FLOATING) !== null) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const frame = frameOf(parent);
    for (const line of range.getClientRects()) {
      const [left, right] = [Math.max(line.left, frame.left), Math.min(line.right, frame.right)];
      // Of a line the middle alone: boxes of lines may touch.
      const [top, bottom] = [Math.max(line.top + line.height / 4, frame.top), Math.min(line.bottom - line.height / 4, frame.bottom)];
      if (right - left > 1 && bottom - top > 1) boxes.push({ parent, left, right, top, bottom });
    }
  }`;

/** Texts of which one covers another by more than a hair. */
export const OVERLAPPING = `(() => {
  ${NAME}
  ${TEXTS}
  boxes.sort((a, b) => a.top - b.top);
  const found = new Set();
  boxes.forEach((a, i) => {
    for (let k = i + 1; k < boxes.length && boxes[k].top < a.bottom; k += 1) {
      const b = boxes[k];
      const shared = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      // An ellipsis has a box of its own.
      if (a.parent !== b.parent && shared > 2) found.add(nameOf(a.parent) + " | " + nameOf(b.parent));
    }
  });
  return [...found];
})()`;

/** Texts that stick out of their card, or of the screen. */
export const STICKING_OUT = `(() => {
  ${NAME}
  ${TEXTS}
  const width = document.documentElement.clientWidth;
  return boxes
    // The chips of a phone are swept from edge to edge.
    .filter(({ parent }) => parent.closest(".filter-bar") === null)
    .filter(({ parent, left, right }) => {
      const card = parent.closest(".card")?.getBoundingClientRect() ?? { left: 0, right: width };
      return right > Math.min(width, card.right) + 1 || left < Math.max(0, card.left) - 1;
    })
    .map(({ parent }) => nameOf(parent));
})()`;

/**
 * Controls of a phone that a finger misses: less than 44 px wide or high, with what they take beyond their edge. A link within a
 * text is none.
 */
export const SMALL = `(() => {
  ${NAME}
  const CONTROLS = "button, select, summary, input:not([type=radio], [type=checkbox], [type=file]), textarea, nav a, .back";
  const beyond = (one) => {
    const { content, position, top, bottom, left, right } = getComputedStyle(one, "::after");
    const edges = content === "none" || position !== "absolute" ? ["0", "0", "0", "0"] : [top, bottom, left, right];
    return edges.map((edge) => Math.max(0, -Number.parseFloat(edge)));
  };
  return [...document.body.querySelectorAll(CONTROLS)]
    .filter(isSeen)
    .map((one) => {
      const { width, height } = one.getBoundingClientRect();
      const [top, bottom, left, right] = beyond(one);
      return { one, width: width + left + right, height: height + top + bottom };
    })
    .filter(({ width, height }) => height < 43.5 || width < 43.5)
    .map(({ one, width, height }) => nameOf(one) + " " + Math.round(width) + " x " + Math.round(height));
})()`;
