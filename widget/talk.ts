import { BesedaTalks } from "./elements/talks.ts";
import { BesedaThread } from "./elements/thread.ts";

/** What shows conversations: fetched when there is one, or somebody writes what will begin one. */
customElements.define("beseda-talks", BesedaTalks);
customElements.define("beseda-thread", BesedaThread);
