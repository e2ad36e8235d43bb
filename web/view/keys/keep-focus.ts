/**
 * Where the focus goes when the control that was pressed is no longer there: to the way back that the press has brought, to the
 * control that led here, or to what stands beside. Without it the focus falls to the top of the document.
 */

const CONTROLS = "a[href], button, input, select, textarea, summary";
/** A finger that did not press one wants no keyboard on the screen. */
const FIELDS = "textarea, input:not([type=checkbox], [type=radio], [type=file])";
/** The way back, beside the sentence that states what was done. */
const WAY_BACK = "output .action";

/** What stood on the page when a control was pressed. */
interface Press {
  readonly control: HTMLElement;
  /** The control and what it stood in, the nearest first. */
  readonly path: readonly Element[];
  /** All controls in the order of the document. */
  readonly order: readonly HTMLElement[];
  /** What was pressed before. */
  readonly opener: HTMLElement | null;
  readonly done: string;
  readonly place: string;
}

function pathOf(control: Element): readonly Element[] {
  const path: Element[] = [];
  for (let at: Element | null = control; at !== null; at = at.parentElement) {
    path.push(at);
  }
  return path;
}

function doneText(): string {
  return document.querySelector(WAY_BACK)?.closest("output")?.textContent ?? "";
}

function canHave(control: HTMLElement): boolean {
  return control.tabIndex >= 0 && !control.matches(":disabled") && control.checkVisibility();
}

/** The first of `order` behind `at` that will do, or else the last before it. */
export function besideOf<T>(order: readonly T[], at: number, willDo: (one: T) => boolean): T | null {
  return order.slice(at + 1).find(willDo) ?? order.slice(0, Math.max(0, at)).findLast(willDo) ?? null;
}

function successorOf({ control, path, order, opener, done }: Press): HTMLElement | null {
  const back = document.querySelector<HTMLElement>(WAY_BACK);
  if (back !== null && canHave(back) && doneText() !== done) {
    return back;
  }
  for (const around of path.filter((one) => one.isConnected && one !== control)) {
    const isField = around.closest("form, dialog") !== null;
    const willDo = (one: HTMLElement): boolean =>
      around.contains(one) && canHave(one) && (isField || !one.matches(FIELDS));
    if (opener !== null && willDo(opener)) {
      return opener;
    }
    const fresh = [...around.querySelectorAll<HTMLElement>(CONTROLS)];
    const found = besideOf(order, order.indexOf(control), willDo) ?? fresh.find(willDo);
    if (found !== undefined) {
      return found;
    }
  }
  return null;
}

/** Of a control that is gone or can no longer be pressed. A new address moves the focus itself. */
function settle(press: Press): void {
  const { activeElement } = document;
  const isGone = !press.control.isConnected || press.control.matches(":disabled");
  const isLost = activeElement === null || activeElement === document.body || activeElement === press.control;
  if (isGone && isLost && location.pathname === press.place) {
    successorOf(press)?.focus();
  }
}

/** Until the returned function is called. */
export function keepFocus(): () => void {
  let opener: HTMLElement | null = null;
  function onPress({ target }: Event): void {
    const pressed = target instanceof Element ? target : null;
    const control =
      target instanceof HTMLFormElement ? document.activeElement : (pressed?.closest(CONTROLS) ?? null);
    if (!(control instanceof HTMLElement)) {
      return;
    }
    const press: Press = {
      control,
      path: pathOf(control),
      order: [...document.querySelectorAll<HTMLElement>(CONTROLS)],
      opener,
      done: doneText(),
      place: location.pathname,
    };
    opener = control;
    // A dialog that closes gives the focus back itself, and what comes in its place is there a frame later.
    requestAnimationFrame(() => {
      requestAnimationFrame(() => {
        settle(press);
      });
    });
  }
  document.addEventListener("click", onPress, true);
  document.addEventListener("submit", onPress, true);
  return () => {
    document.removeEventListener("click", onPress, true);
    document.removeEventListener("submit", onPress, true);
  };
}
