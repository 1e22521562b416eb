import { isFocusLost } from "./navigation.ts";

/** The control that had the focus before something was put into the page, if it says where the focus goes when it is gone. */
let had: HTMLElement | null = null;

/**
 * Keeps the focus where somebody works by the keyboard: a control that is there again keeps it by its id, as htmx does. One that is
 * gone with what it was pressed for names in `data-then`, by their ids, where it goes: to the first that there is.
 */
export function watchFocus(): void {
  document.addEventListener("htmx:before:swap", () => {
    had = document.activeElement?.closest<HTMLElement>("[data-then]") ?? null;
  });
  document.addEventListener("htmx:after:swap", () => {
    if (!had || had.isConnected || !isFocusLost()) return;
    const places = had.dataset.then!.split(" ").map((id) => document.getElementById(id));
    places.find((place) => place?.checkVisibility())?.focus();
    had = null;
  });
}
