/** The press on a row that is followed behind its frame, until then taken back by whatever else the reader does with the address. */
import type { BeforeLeaveEventArgs } from "@solidjs/router";
import { afterFrame } from "../after-frame.ts";

type Leaving = Pick<BeforeLeaveEventArgs, "to"> & { readonly from: { readonly pathname: string } };

export interface RowFollow {
  /** Goes to the address behind the frame; of two presses within it the later counts. */
  readonly press: (href: string) => void;
  /** Before the page is left by another way: a key, a link, or Back (`to` is then a number of steps). */
  readonly leave: (leaving: Leaving) => void;
}

/** The filter and the order of the list stand in the address too: where these alone change, the press still counts. */
function isPageLeft({ from, to }: Leaving): boolean {
  return typeof to === "number" || to.split(/[?#]/u)[0] !== from.pathname;
}

export function createRowFollow(follow: (href: string) => void): RowFollow {
  let takeBack: (() => void) | null = null;
  return {
    press: (href) => {
      takeBack?.();
      takeBack = afterFrame(() => {
        follow(href);
      });
    },
    leave: (leaving) => {
      if (isPageLeft(leaving)) {
        takeBack?.();
      }
    },
  };
}
