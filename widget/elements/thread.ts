import { html, LitElement, nothing, type PropertyValues, type TemplateResult, unsafeCSS } from "lit";
import { type Eyes, timeOfDay } from "../../words/time.ts";
import type { WidgetWords } from "../../words/widget.ts";
import type { Person } from "../operations.ts";
import type { Session } from "../session/session.ts";
import type { View } from "../session/view.ts";
import base from "./base.css?inline";
import { face } from "./face.ts";
import { icon } from "./icon.ts";
import message from "./message.css?inline";
import { reason } from "./reason.ts";
import { type Row, rowsOf } from "./rows.ts";
import css from "./thread.css?inline";

type MessageRow = Extract<Row, { kind: "message" }>;

const NEAR_END_PX = 80;

/** What was said, and what is still to be sent. */
export class BesedaThread extends LitElement {
  static override styles = [unsafeCSS(base), unsafeCSS(css), unsafeCSS(message)];
  static override properties = { view: { attribute: false }, words: { attribute: false }, eyes: { attribute: false } };

  /** What the buttons speak to. */
  declare session: Session;
  declare view: View;
  declare words: WidgetWords;
  declare eyes: Eyes;
  #heightBefore = 0;
  #isAtEnd = true;
  #lastKey = "";
  #firstKey = "";

  /** Shows the newest message. */
  scrollToEnd(): void {
    const scroll = this.#scroll;
    if (scroll) scroll.scrollTop = scroll.scrollHeight;
  }

  override render(): TemplateResult {
    const { view, words } = this;
    const rows = rowsOf(view, new Date(), this.eyes);
    const isOpening = view.phase === "opening" && !view.thread;
    return html`<div class="scroll" tabindex="0" role="group" aria-label=${words.messages}>
      <div class="talk">
        ${isOpening ? html`<div class="loading" role="progressbar" aria-label=${words.loading}></div>` : nothing}
        ${view.thread?.earlier ? html`<button class="earlier" @click=${this.#showEarlier}>${words.earlier}</button>` : nothing}
        ${view.thread || isOpening ? nothing : this.#greeting()}
        <div class="log" role="log" aria-relevant="additions" aria-label=${words.messages}>
          <ol>
            ${rows.map((row) => (row.kind === "day" ? html`<li class="day">${row.name}</li>` : this.#message(row)))}
          </ol>
        </div>
        ${view.typing ? this.#typing(view.typing) : nothing}
        ${view.thread?.status === "RESOLVED" ? html`<p class="standing">${words.resolved}</p>` : nothing}
      </div>
    </div>`;
  }

  override willUpdate(): void {
    const scroll = this.#scroll;
    if (!scroll) return;
    this.#heightBefore = scroll.scrollHeight;
    this.#isAtEnd = scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < NEAR_END_PX;
  }

  override updated(_changed: PropertyValues): void {
    const messages = this.view.thread?.messages ?? [];
    const firstKey = messages[0]?.id ?? "";
    const lastKey = this.view.unsent.at(-1)?.clientId ?? "";
    const hasWritten = lastKey !== "" && lastKey !== this.#lastKey;
    const hasEarlier = this.#firstKey !== "" && firstKey !== this.#firstKey && !this.#isAtEnd;
    this.#firstKey = firstKey;
    this.#lastKey = lastKey;
    if (hasEarlier) this.#scroll!.scrollTop += this.#scroll!.scrollHeight - this.#heightBefore;
    else if (this.#isAtEnd || hasWritten) this.scrollToEnd();
  }

  get #scroll(): HTMLElement | null {
    return this.renderRoot?.querySelector(".scroll") ?? null;
  }

  #showEarlier(): void {
    void this.session.showEarlier();
    // The button goes when all is shown, and would take the focus with it.
    this.#scroll?.focus();
  }

  #greeting(): TemplateResult {
    return html`<div class="greeting">
      <h2>${this.words.greeting}</h2>
      <p>${this.words.greetingMore}</p>
    </div>`;
  }

  #message(row: MessageRow): TemplateResult {
    const { words } = this;
    const name = row.author ? (row.author.name ?? words.team) : words.you;
    const time = timeOfDay(row.at, this.eyes);
    const side = row.author ? "theirs" : "mine";
    const isHeaded = row.author && row.isFirst;
    return html`<li class="${side} ${row.isFirst ? "first" : ""} ${row.delivery ?? ""}">
      ${
        isHeaded
          ? html`<p class="who one-line"><bdi>${name}</bdi> · <time datetime=${row.at.toISOString()}>${time}</time></p>`
          : html`<span class="unseen">${name}, <time datetime=${row.at.toISOString()}>${time}</time>:</span>`
      }
      ${this.#line(row, name)}
      ${this.#state(row, time)}
    </li>`;
  }

  // The bubble keeps white space: none may stand between its tags and the text. Its corners follow the page, its text itself.
  #line(row: MessageRow, name: string): TemplateResult {
    const bubble = html`<div class="bubble"><p dir="auto">${row.body}</p></div>`;
    if (!row.author) return bubble;
    return html`<div class="line">${row.isLast ? face(name) : nothing}${bubble}</div>`;
  }

  #state(row: MessageRow, time: string): TemplateResult | typeof nothing {
    const { words } = this;
    const seenAt = this.view.thread?.seenAt;
    switch (row.delivery) {
      case "sending":
      case "waiting":
        return row.isLast ? html`<p class="state">${icon("clock")}${words[row.delivery]}</p>` : nothing;
      case "sent":
        return html`<p class="state">${icon("sent")}${words.sent(time)}</p>`;
      case "seen":
        return html`<p class="state">${icon("seen")}${words.seen(seenAt ? timeOfDay(new Date(seenAt), this.eyes) : "")}</p>`;
      case "refused":
        return this.#refused(row);
      default:
        return nothing;
    }
  }

  #refused({ unsent }: MessageRow): TemplateResult {
    const { words } = this;
    const { clientId, refusal } = unsent!;
    return html`<p class="state" role="alert">
      <span class="why">${icon("alert")}${words.notSent} ${reason(refusal!, words)}</span>
      <button @click=${() => this.session.tryAgain(clientId)}>${words.tryAgain}</button>
      <button @click=${() => this.session.discard(clientId)}>${words.remove}</button>
    </p>`;
  }

  #typing(person: Person): TemplateResult {
    const name = person.name ?? this.words.team;
    return html`<div class="line typing">
      ${face(name)}
      <div class="bubble"><span class="unseen">${this.words.typing(name)}</span><span class="dots"><i></i><i></i><i></i></span></div>
    </div>`;
  }
}
