/** What somebody does at a device: they use it, or have left it alone. */
export type Activity = "online" | "away";

/** A window or an app of one person. It is there as long as a line to it is open, or it is held. */
export type Device = { activity: Activity; lines: number; heldUntil: number };

/** The devices of one person by their ids, as one process knows them. */
export type Devices = ReadonlyMap<string, Device>;

/** What becomes of a device, at an instant in ms. */
export type Turn = { device: string; at: number } & (
  | { is: "opened"; activity: Activity }
  | { is: "closed" }
  /** The device says what is done at it; `isHeld`: it has no line for now, and says so again within a minute. */
  | { is: "said"; activity: Activity; isHeld: boolean }
);

/** How long a device stays after its last line has closed, in ms: a page that is loaded again must not blink. */
export const LINGER_MS = 5_000;
/** How long a device without a line stays that says that it is there, in ms: browsers let hidden windows speak once a minute. */
export const HOLD_MS = 130_000;

/** One more than so many of one person is not looked at. */
export const MOST_DEVICES = 50;

/** The devices after a turn; those that are gone are left out. */
export function stepDevices(devices: Devices, turn: Turn): Devices {
  const next = new Map(devicesAt(devices, turn.at));
  const before = next.get(turn.device);
  const after = afterTurn(before, turn);
  const isOneTooMany = !before && next.size >= MOST_DEVICES;
  if (after && isThere(after, turn.at) && !isOneTooMany) next.set(turn.device, after);
  else next.delete(turn.device);
  return next;
}

/** The devices that are still there. */
export function devicesAt(devices: Devices, at: number): Devices {
  return new Map([...devices].filter(([, device]) => isThere(device, at)));
}

function afterTurn(device: Device | undefined, turn: Turn): Device | undefined {
  const { at } = turn;
  if (turn.is === "opened")
    return { activity: turn.activity, lines: (device?.lines ?? 0) + 1, heldUntil: device?.heldUntil ?? at };
  if (turn.is === "said" && turn.isHeld)
    return { activity: turn.activity, lines: device?.lines ?? 0, heldUntil: at + HOLD_MS };
  if (!device) return undefined;
  if (turn.is === "said")
    return { ...device, activity: turn.activity, heldUntil: Math.min(device.heldUntil, at + LINGER_MS) };
  return { ...device, lines: Math.max(0, device.lines - 1), heldUntil: Math.max(device.heldUntil, at + LINGER_MS) };
}

function isThere({ lines, heldUntil }: Device, at: number): boolean {
  return lines > 0 || heldUntil > at;
}

/** What somebody does, over all their devices: online if any is used, else away; undefined where they have none. */
export function activityAt(devices: Devices, at: number): Activity | undefined {
  return best([...devices.values()].map((device) => (isThere(device, at) ? device.activity : undefined)));
}

/** Online before away before nothing. */
export function best(activities: readonly (Activity | undefined)[]): Activity | undefined {
  return activities.includes("online") ? "online" : activities.find((activity) => activity !== undefined);
}

/** Whether something will change without another turn: a device waits for its end. */
export function isWaning(devices: Devices): boolean {
  return devices.values().some(({ lines }) => lines === 0);
}
