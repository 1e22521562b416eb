import { html, nothing, type TemplateResult, unsafeCSS } from "lit";
import type { WidgetWords } from "../../words/widget.ts";
import type { Session } from "../session/session.ts";
import base from "./base.css?inline";
import { icon } from "./icon.ts";
import css from "./pre-chat.css?inline";
import { BesedaElement } from "./element.ts";

type Field = "name" | "email" | "body";

const LONGEST = { name: 200, email: 254, body: 10_000 };
const EMAIL = /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/;

/** What an inbox asks for before the first message, and that message. */
export class BesedaPreChat extends BesedaElement {
  static override styles = [unsafeCSS(base), unsafeCSS(css)];
  static override properties = { words: { attribute: false }, asks: { attribute: false }, wrong: { state: true } };

  declare session: Session;
  declare words: WidgetWords;
  declare asks: "EMAIL" | "NAME_AND_EMAIL";
  /** What has to be put right. */
  declare wrong: readonly Field[];

  constructor() {
    super();
    this.wrong = [];
  }

  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>("input")?.focus();
  }

  override render(): TemplateResult {
    const { words } = this;
    return html`<form novalidate @submit=${this.#submit}>
      ${this.asks === "NAME_AND_EMAIL" ? this.#field("name", words.yourName, words.nameMissing) : nothing}
      ${this.#field("email", words.yourEmail, words.emailWrong)}
      ${this.#field("body", words.message, words.messageMissing)}
      <button class="button primary">${words.sendMessage}</button>
      <p class="hint">${words.whoSees}</p>
    </form>`;
  }

  #field(name: Field, label: string, problem: string): TemplateResult {
    const isWrong = this.wrong.includes(name);
    const wrong = isWrong ? "true" : nothing;
    const described = isWrong ? `${name}-wrong` : nothing;
    return html`<label for=${name}>${label}</label>
      ${
        name === "body"
          ? html`<textarea id=${name} rows="3" dir="auto" maxlength=${LONGEST[name]} aria-invalid=${wrong} aria-describedby=${described} @input=${this.#input}></textarea>`
          : html`<input id=${name} type=${name === "email" ? "email" : "text"} dir="auto" autocomplete=${name} maxlength=${LONGEST[name]} aria-invalid=${wrong} aria-describedby=${described} @input=${this.#input} />`
      }
      ${isWrong ? html`<p class="wrong" id="${name}-wrong">${icon("alert")}${problem}</p>` : nothing}`;
  }

  #read(name: Field): string {
    return this.renderRoot.querySelector<HTMLInputElement | HTMLTextAreaElement>(`#${name}`)?.value.trim() ?? "";
  }

  /** Who has put it right is no longer told that it is wrong. */
  #input(): void {
    if (this.wrong.length > 0) this.wrong = this.wrong.filter((field) => !this.#isRight(field));
  }

  #isRight(field: Field): boolean {
    return field === "email" ? EMAIL.test(this.#read(field)) : this.#read(field) !== "";
  }

  async #submit(event: Event): Promise<void> {
    event.preventDefault();
    const fields: Field[] = this.asks === "NAME_AND_EMAIL" ? ["name", "email", "body"] : ["email", "body"];
    this.wrong = fields.filter((field) => !this.#isRight(field));
    if (this.wrong.length > 0) {
      await this.updateComplete;
      return this.renderRoot.querySelector<HTMLElement>(`#${this.wrong[0]}`)?.focus();
    }
    const name = this.#read("name");
    this.session.introduce({ email: this.#read("email"), ...(name && { name }) });
    this.session.send(this.#read("body"));
  }
}
