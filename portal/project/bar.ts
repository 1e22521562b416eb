import { type Html, html } from "../html.ts";
import { icon } from "../icons.ts";
import { paths } from "../paths.ts";
import { wordsOf } from "../task/signs.ts";
import type { Visit } from "../visit.ts";

/** Answers the ways back and to the navigation, where the window is too narrow for both. */
export function menuButtons({ reader }: Pick<Visit, "reader">): Html {
  return html`<a class="ib back" href="${paths.tasks}" aria-label="${wordsOf(reader).tasks}">${icon("chevron-left")}</a><button class="ib menu-button" type="button" popovertarget="nav" aria-label="${reader.words.menu}">${icon("menu")}</button>`;
}
