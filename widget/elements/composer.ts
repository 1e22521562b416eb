import { html, type PropertyValues, type TemplateResult, unsafeCSS } from "lit";
import type { WidgetWords } from "../../words/widget.ts";
import type { Session } from "../session/session.ts";
import base from "./base.css?inline";
import css from "./composer.css?inline";
import { icon } from "./icon.ts";
import { BesedaElement } from "./element.ts";
import { isComposing } from "./keys.ts";

const LONGEST = 10_000;

/** Where the customer writes. Enter sends, Shift+Enter begins a line. */
export class BesedaComposer extends BesedaElement {
  static override styles = [unsafeCSS(base), unsafeCSS(css)];
  static override properties = {
    session: { attribute: false },
    words: { attribute: false },
    turns: { attribute: false },
    isEmpty: { state: true },
  };

  declare session: Session;
  declare words: WidgetWords;
  /** Another number means another talk: what had been begun there is shown. */
  declare turns: number;
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

  override updated(changed: PropertyValues<this>): void {
    if (changed.has("turns") || changed.has("session")) void this.#recall();
  }

  get #textarea(): HTMLTextAreaElement | null {
    return this.renderRoot.querySelector("textarea");
  }

  async #recall(): Promise<void> {
    this.#fill("");
    const { turns, session } = this;
    const draft = await session.draft();
    if (turns === this.turns && session === this.session && this.#textarea!.value === "") this.#fill(draft);
  }

  #input(): void {
    this.#fit();
    this.session.write(this.#textarea!.value);
  }

  #fill(text: string): void {
    this.#textarea!.value = text;
    this.#fit();
  }

  #fit(): void {
    const textarea = this.#textarea!;
    this.isEmpty = textarea.value.trim() === "";
    // By script, since field-sizing is not in every browser yet; the style is set on the object, which CSP allows.
    textarea.style.height = "";
    textarea.style.height = `${textarea.scrollHeight}px`;
  }

  #keydown(event: KeyboardEvent): void {
    if (event.key === "Enter" && !event.shiftKey && !isComposing(event)) this.#submit(event);
  }

  #submit(event: Event): void {
    event.preventDefault();
    if (this.isEmpty) return;
    const text = this.#textarea!.value;
    this.#fill("");
    this.focus();
    this.session.send(text);
  }
}
