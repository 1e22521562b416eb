import { formEn } from "../words/form-en.ts";
import { BesedaPreChat } from "./elements/pre-chat.ts";
import { addEnglish } from "./words.ts";

/** What asks who the customer is: fetched where an inbox wants to know. */
addEnglish(formEn);
customElements.define("beseda-pre-chat", BesedaPreChat);
