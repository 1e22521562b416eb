import { html, LitElement, type TemplateResult, unsafeCSS } from "lit";
import type { WidgetWords } from "../../words/widget.ts";
import type { Session } from "../session/session.ts";
import base from "./base.css?inline";
import css from "./composer.css?inline";
import { icon } from "./icon.ts";

const LONGEST = 10_000;

/** Where the customer writes. Enter sends, Shift+Enter begins a line. */
export class BesedaComposer extends LitElement {
  static override styles = [unsafeCSS(base), unsafeCSS(css)];
  static override properties = { session: { attribute: false }, words: { attribute: false }, isEmpty: { state: true } };

  declare session: Session;
  declare words: WidgetWords;
  declare isEmpty: boolean;

  constructor() {
    super();
    this.isEmpty = true;
  }

  override focus(): void {
    this.#textarea?.focus();
  }

  override render(): TemplateResult {
    const { message, writeMessage, send } = this.words;
    return html`<form @submit=${this.#submit}>
      <textarea
        rows="1"
        dir="auto"
        maxlength=${LONGEST}
        enterkeyhint="send"
        aria-label=${message}
        placeholder=${writeMessage}
        @input=${this.#input}
        @keydown=${this.#keydown}
      ></textarea>
      <button class="icon-button send" aria-label=${send} ?disabled=${this.isEmpty}>${icon("send")}</button>
    </form>`;
  }

  get #textarea(): HTMLTextAreaElement | null {
    return this.renderRoot.querySelector("textarea");
  }

  #input(): void {
    const textarea = this.#textarea!;
    this.isEmpty = textarea.value.trim() === "";
    // By script, since field-sizing is not in every browser yet; the style is set on the object, which CSP allows.
    textarea.style.height = "";
    textarea.style.height = `${textarea.scrollHeight}px`;
    this.session.write(this.isEmpty);
  }

  #keydown(event: KeyboardEvent): void {
    // Enter also ends a word in an input method: such an Enter is not ours.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    this.#submit(event);
  }

  #submit(event: Event): void {
    event.preventDefault();
    if (this.isEmpty) return;
    const textarea = this.#textarea!;
    const text = textarea.value;
    textarea.value = "";
    this.#input();
    textarea.focus();
    this.session.send(text);
  }
}
