/** Follows the agent's own reminders: how many were told is asked for anew, and the list where it is shown. */
export function watchReminders(): void {
  document.addEventListener("reminders", recountReminders);
}

/** Asks how many were told, and which there are. */
export function recountReminders(): void {
  for (const id of ["reminder-count", "reminders"]) document.getElementById(id)?.dispatchEvent(new Event("recount"));
}
