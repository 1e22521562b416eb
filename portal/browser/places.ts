import htmx from "htmx.org";
import { askedIn, besideIn, type Listing, usualView, viewOf } from "../inbox/view.ts";
import { paths } from "../paths.ts";
import { openId, openList } from "./here.ts";

type HistoryUpdate = { history: { path: string }; sourceElement: Element };

/**
 * Keeps the address true to what the desk shows: the open conversation with the list beside it, or the list alone. Back and
 * forward put in only what differs, so that what is being written stays.
 */
export function watchPlaces(): void {
  tellList();
  document.addEventListener("htmx:before:history:update", (event) => {
    if (!openList()) return;
    const { history, sourceElement } = (event as CustomEvent<HistoryUpdate>).detail;
    history.path = placeAfter(new URL(history.path, location.origin), sourceElement);
    if (history.path === location.pathname + location.search) event.preventDefault();
  });
  document.addEventListener("htmx:before:history:restore", (event) => {
    if (!openList()) return;
    event.preventDefault();
    restore(new URL(location.href));
  });
  // Else the browser would take the focus away once it has gone back.
  window.navigation?.addEventListener("navigate", (event) => {
    if (event.navigationType === "traverse" && event.canIntercept && !event.hashChange)
      event.intercept({ focusReset: "manual", scroll: "manual" });
  });
}

/** The address of a conversation that was given without a list got one from the server: from now on it says which. */
function tellList(): void {
  const id = openId();
  if (!id || !openList()) return;
  const place = paths.conversation(id, shownListing());
  if (place !== location.pathname + location.search) history.replaceState(history.state, "", place + location.hash);
}

/** The address once the answer to what was asked for is shown. */
function placeAfter(asked: URL, source: Element): string {
  const isList = source.matches('[hx-target="#list"]');
  const listing = isList ? listingAt(asked) : shownListing();
  const id = isList ? openId() : idIn(asked);
  return id ? paths.conversation(id, listing) : paths.list(listing);
}

function restore(wanted: URL): void {
  const id = idIn(wanted);
  const listing = id ? (besideIn(queryIn(wanted)) ?? usualView) : listingAt(wanted);
  if (paths.list(listing) !== paths.list(shownListing())) putIn(new URL(paths.list(listing), wanted), "list");
  if (id !== openId()) putIn(wanted, "conversation");
}

/** `isReturn`: the list comes back as it was left. */
function putIn({ pathname, search }: URL, pane: "list" | "conversation"): void {
  const swap = pane === "list" ? "outerHTML" : "innerHTML";
  const selector = `#${pane}`;
  void htmx.ajax("GET", pathname + search, { source: selector, target: selector, swap, isReturn: true } as object);
}

function shownListing(): Listing {
  return listingAt(new URL(openList()!.dataset.address!, location.origin));
}

function listingAt(address: URL): Listing {
  return address.pathname === paths.search ? { asked: askedIn(queryIn(address)) } : viewOf(queryIn(address));
}

function idIn({ pathname }: URL): string | undefined {
  return /^\/portal\/conversations\/([^/]+)$/.exec(pathname)?.[1];
}

function queryIn({ searchParams }: URL): Record<string, string> {
  return Object.fromEntries(searchParams);
}
