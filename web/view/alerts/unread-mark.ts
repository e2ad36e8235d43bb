/** How many notices wait to be read, in the title of the page, in its icon, and at the bell of the header. */
import { type Accessor, createEffect, onCleanup } from "solid-js";
import { logPage } from "../../store/page-log.ts";

const SIDE = 32;
const MOST_SHOWN = 99;

/** `(3) VCP Radar`; none for 0. */
export function titleWith(title: string, unread: number): string {
  const plain = title.replace(/^\(\d+\+?\) /u, "");
  return unread === 0 ? plain : `(${shownCount(unread)}) ${plain}`;
}

function shownCount(unread: number): string {
  return unread > MOST_SHOWN ? `${MOST_SHOWN}+` : String(unread);
}

/** The icon with a dot that has the number in it, as the address of a picture. */
async function drawIcon(unread: number): Promise<string> {
  const picture = new Image(SIDE, SIDE);
  picture.src = "/icon.svg";
  await picture.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [SIDE, SIDE];
  const pen = canvas.getContext("2d");
  pen?.drawImage(picture, 0, 0, SIDE, SIDE);
  if (pen) {
    pen.fillStyle = "#b42318";
    pen.beginPath();
    pen.arc(SIDE - 11, 11, 11, 0, 2 * Math.PI);
    pen.fill();
    pen.fillStyle = "#ffffff";
    pen.font = "bold 16px sans-serif";
    pen.textAlign = "center";
    pen.fillText(unread > 9 ? "9+" : String(unread), SIDE - 11, 17, 20);
  }
  return canvas.toDataURL();
}

async function markIcon(unread: number, isCurrent: () => boolean): Promise<void> {
  const icon = document.querySelector<HTMLLinkElement>("link[rel=icon]");
  const [href, type] = unread === 0 ? ["/icon.svg", "image/svg+xml"] : [await drawIcon(unread), "image/png"];
  if (icon && isCurrent()) {
    [icon.type, icon.href] = [type, href];
  }
}

/** `label`: of the bell with so many. Ends with its owner. */
export function markUnread(unread: Accessor<number>, label: (unread: number) => string): void {
  const title = document.querySelector("title");
  function mark(): void {
    const next = titleWith(document.title, unread());
    if (next !== document.title) {
      document.title = next;
    }
  }
  // Each page writes its own title, at any time. Without a count there is nothing to add: two that mark the same title never write by turns.
  const watcher = new MutationObserver(() => {
    if (unread() > 0) {
      mark();
    }
  });
  if (title) {
    watcher.observe(title, { childList: true });
  }
  createEffect(() => {
    const now = unread();
    mark();
    // A picture that cannot be drawn leaves the icon as it is: title and bell have the number.
    markIcon(now, () => unread() === now).catch((error: unknown) => {
      logPage("icon_not_marked", error);
    });
    const bell = document.querySelector<HTMLElement>(".bell");
    if (bell) {
      bell.setAttribute("aria-label", label(now));
      bell.title = label(now);
      if (now === 0) {
        delete bell.dataset["count"];
      } else {
        bell.dataset["count"] = shownCount(now);
      }
    }
  });
  onCleanup(() => {
    watcher.disconnect();
  });
}
