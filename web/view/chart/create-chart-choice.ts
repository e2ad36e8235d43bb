/**
 * Days or weeks, linear or logarithmic, with or without the line of relative strength: kept by the address and by the device;
 * beside the list by the device alone, because there the address is that of the list.
 */
import { useLocation, useNavigate } from "@solidjs/router";
import { type Accessor, createMemo, createSignal } from "solid-js";
import { readShelf, writeShelf } from "../../store/device/shelf.ts";
import { useApp } from "../app-context.tsx";
import { withListOf } from "../flip/flip-list.ts";
import { type ChartChoice, decodeChoice, encodeChoice } from "./data/chart-choice.ts";

const KEY = "vcp.chart";

export interface ChosenChart {
  readonly choice: Accessor<ChartChoice>;
  /** Takes the place of the present entry: the way back leaves the share. */
  choose(change: Partial<ChartChoice>): void;
}

export function createChartChoice(): ChosenChart {
  const { device } = useApp();
  const location = useLocation();
  const navigate = useNavigate();
  const [kept, setKept] = createSignal(readShelf(device.shelf, KEY));
  const isOfList = (): boolean => location.pathname === "/";
  const choice = createMemo(() => decodeChoice(isOfList() ? "" : location.search, kept()), undefined, {
    equals: (a, b) => encodeChoice(a) === encodeChoice(b),
  });
  return {
    choice,
    choose: (change) => {
      const search = encodeChoice({ ...choice(), ...change });
      writeShelf(device.shelf, KEY, search);
      setKept(search);
      if (!isOfList()) {
        const address = `${location.pathname}${withListOf(location.search, search)}`;
        navigate(address, { replace: true, scroll: false });
      }
    },
  };
}
