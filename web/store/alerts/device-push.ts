/** The push subscription of the device that the page runs on. */
import type { Device } from "../device/device.ts";
import { pageBrowser } from "./push-browser.ts";
import { devicePush } from "./push-place.ts";
import { pushServer } from "./push-server.ts";
import { createPush, type Push } from "./push.ts";

const LOCK = "push-subscription";

/** Where the browser has no locks, two tabs may both send the same: the server keeps one of them. */
async function inTurn<T>(run: () => Promise<T>): Promise<T> {
  return "locks" in navigator ? navigator.locks.request(LOCK, run) : run();
}

function made(): Push {
  return createPush({ place: devicePush, browser: pageBrowser, server: pushServer, inTurn });
}

const ofDevices = new WeakMap<Device, Push>();

/** One for the page. */
export function pushOf(device: Device): Push {
  const push = ofDevices.get(device) ?? made();
  ofDevices.set(device, push);
  return push;
}

/** Resolves also where it fails, with a line in the browser's log; what the server does not know yet the next page names to it. */
export async function endPush(): Promise<void> {
  await made().end();
}
