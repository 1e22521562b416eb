import { beforeEach } from "vitest";
import { Device } from "./device.ts";
import type { FarSide } from "./far-side.ts";
import { settle } from "./settle.ts";

export let device: Device;
export let far: FarSide;

/** A device with the chat on it, new for each test. */
export function setScene(): void {
  beforeEach(() => {
    device = new Device();
    far = device.far;
  });
}

/** The site's token for a customer. */
export function tokenOf(sub: string, exp = 1): string {
  return `header.${btoa(JSON.stringify({ sub, exp }))}.signature`;
}

/** Opens the chat and writes: a message, and what is not sent yet. */
export async function write(message: string, draft: string): Promise<void> {
  await device.open();
  device.session.openNew();
  await device.say(message);
  device.session.write(draft);
  await settle();
}

/** What the one who is there now finds in a new talk. */
export async function found(): Promise<string> {
  await device.open();
  device.session.openNew();
  await settle();
  return device.session.draft();
}
