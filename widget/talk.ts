import { talkEn } from "../words/talk-en.ts";
import { BesedaTalks } from "./elements/talks.ts";
import { BesedaThread } from "./elements/thread.ts";
import { addEnglish } from "./words.ts";

/** What shows conversations: fetched when there is one, or somebody writes what will begin one. */
addEnglish(talkEn);
customElements.define("beseda-talks", BesedaTalks);
customElements.define("beseda-thread", BesedaThread);
