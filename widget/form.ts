import { BesedaPreChat } from "./elements/pre-chat.ts";

/** What asks who the customer is: fetched where an inbox wants to know. */
customElements.define("beseda-pre-chat", BesedaPreChat);
