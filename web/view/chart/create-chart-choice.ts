/** Days or weeks, linear or logarithmic, with or without the line of relative strength: kept by the address and by the device. */
import { useLocation, useNavigate } from "@solidjs/router";
import { type Accessor, createMemo } from "solid-js";
import { readShelf, writeShelf } from "../../store/device/shelf.ts";
import { useApp } from "../app-context.tsx";
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
  const choice = createMemo(() => decodeChoice(location.search, readShelf(device.shelf, KEY)), undefined, {
    equals: (a, b) => encodeChoice(a) === encodeChoice(b),
  });
  return {
    choice,
    choose: (change) => {
      const search = encodeChoice({ ...choice(), ...change });
      writeShelf(device.shelf, KEY, search);
      navigate(`${location.pathname}${search}`, { replace: true, scroll: false });
    },
  };
}
