import { afterEach, beforeEach } from "vitest";
import { setClock } from "../../api/kernel/clock.ts";
import { START } from "./reminders.ts";

let present = START;

/** Each test begins at that morning, and time stands still but for `pass`. */
export function setMorning(): void {
  beforeEach(() => {
    present = START;
    setClock(() => present);
  });
  afterEach(() => setClock());
}

/** Lets time pass, in ms. */
export function pass(ms: number): void {
  present += ms;
}
