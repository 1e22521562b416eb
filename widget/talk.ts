import { BesedaTalks } from "./elements/talks.ts";
import { BesedaThread } from "./elements/thread.ts";

/** What shows conversations: fetched once there is one, or is about to be. */
customElements.define("beseda-talks", BesedaTalks);
customElements.define("beseda-thread", BesedaThread);
