import { html, nothing, type TemplateResult } from "lit";
import type { WidgetWords } from "../../words/widget-en.ts";
import { icon } from "./icon.ts";

const MOST_COUNTED = 9;

export interface LauncherScene {
  readonly unread: number;
  readonly isOpen: boolean;
  readonly words: WidgetWords;
  toggle(): void;
}

/** The round button. */
export function launcher({ unread, isOpen, words, toggle }: LauncherScene): TemplateResult {
  const label = unread ? `${words.chat}, ${words.unread(unread)}` : words.chat;
  const isCounting = unread > 0 && !isOpen;
  return html`<button
      class="launcher"
      part="launcher"
      aria-label=${isOpen ? words.closeChat : label}
      aria-haspopup="dialog"
      aria-expanded=${isOpen}
      aria-controls="panel"
      @click=${toggle}
    >
      ${isOpen ? icon("down") : html`<i class="bubble"></i>`}
      ${isCounting ? html`<span class="badge" part="badge">${unread > MOST_COUNTED ? `${MOST_COUNTED}+` : unread}</span>` : nothing}
    </button>
    <p class="unseen" role="status">${isCounting ? words.unread(unread) : nothing}</p>`;
}
