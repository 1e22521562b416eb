import { html, nothing, type PropertyValues, type TemplateResult, unsafeCSS } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { preview } from "../../markdown/parse.ts";
import type { Eyes } from "../../words/time.ts";
import type { WidgetWords } from "../../words/widget.ts";
import type { Person } from "../operations.ts";
import type { Session } from "../session/session.ts";
import { isNews } from "../session/thread.ts";
import type { View } from "../session/view.ts";
import base from "./base.css?inline";
import { face } from "./face.ts";
import message from "./message.css?inline";
import { messageRow } from "./message.ts";
import { progressLine, progressSaid } from "./progress.ts";
import { rowsOf } from "./rows.ts";
import css from "./thread.css?inline";
import { BesedaElement } from "./element.ts";

const NEAR_END_PX = 80;
/** Longer than anybody listens to. */
const READ_OUT = 500;

/** What was said, and what is still to be sent. */
export class BesedaThread extends BesedaElement {
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
  #place: string | null = null;
  #toldSeq = 0;
  #history: IntersectionObserver | null = null;
  #earlier: string | null = null;

  /** Shows the newest message. */
  scrollToEnd(): void {
    const scroll = this.#scroll;
    if (scroll) scroll.scrollTop = scroll.scrollHeight;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#history?.disconnect();
    this.#history = null;
    this.#earlier = null;
  }

  override render(): TemplateResult {
    const { view, words } = this;
    const { thread } = view;
    const rows = rowsOf(view, new Date(), this.eyes);
    const isOpening = thread ? !thread.isWhole : view.phase === "opening" && rows.length === 0;
    const scene = { words, eyes: this.eyes, session: this.session, seenAt: thread?.seenAt ?? null };
    const progress = thread?.progress ?? [];
    return html`<div class="unseen" role="status">${progressSaid(progress, words)}</div>
      ${progressLine(progress, words)}
      <div class="scroll" tabindex="0" role="group" aria-label=${words.messages}>
        <div class="talk">
          ${isOpening ? html`<div class="loading" role="progressbar" aria-label=${words.loading}></div>` : nothing}
          ${thread?.earlier ? html`<button class="earlier" @click=${this.#showEarlier}>${words.earlier}</button>` : nothing}
          <div class="log" role="log" aria-live="off" aria-label=${words.messages}>
            <ol @click=${this.#refocus}>
              ${repeat(
                rows,
                (row) => row.key,
                (row) => (row.kind === "day" ? html`<li class="day">${row.name}</li>` : messageRow(row, scene)),
              )}
            </ol>
          </div>
          ${view.typing ? this.#typing(view.typing) : nothing}
          ${thread?.status === "RESOLVED" ? html`<p class="standing">${words.resolved}</p>` : nothing}
        </div>
      </div>
      <div class="unseen announcer" aria-live="polite"></div>`;
  }

  override willUpdate(): void {
    const scroll = this.#scroll;
    if (!scroll) return;
    this.#heightBefore = scroll.scrollHeight;
    this.#isAtEnd = scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < NEAR_END_PX;
  }

  override updated(_changed: PropertyValues): void {
    const { thread, unsent, place } = this.view;
    const isElsewhere = place !== this.#place && !(thread && this.#firstKey === keyOf(thread.messages[0]));
    const firstKey = keyOf(thread?.messages[0]) || (unsent.find(({ talk }) => talk === place)?.clientId ?? "");
    const lastKey = unsent.at(-1)?.clientId ?? "";
    const hasWritten = lastKey !== "" && lastKey !== this.#lastKey;
    const wasHere = this.#firstKey !== "";
    const hasEarlier = wasHere && firstKey !== this.#firstKey && !this.#isAtEnd;
    this.#firstKey = firstKey;
    this.#lastKey = lastKey;
    this.#place = place;
    if (isElsewhere || this.#isAtEnd || hasWritten) this.scrollToEnd();
    else if (hasEarlier) this.#scroll!.scrollTop += this.#scroll!.scrollHeight - this.#heightBefore;
    this.#announce(isElsewhere, wasHere);
    this.#watchHistory();
  }

  get #scroll(): HTMLElement | null {
    return this.renderRoot?.querySelector(".scroll") ?? null;
  }

  /** Reads each message of the team out once, as it arrives; what was there before is not. */
  #announce(isElsewhere: boolean, wasHere: boolean): void {
    const { thread } = this.view;
    const heard = thread?.messages.filter((message) => isNews(message, this.#toldSeq)) ?? [];
    const isArrival = !isElsewhere && wasHere;
    this.#toldSeq = Math.max(isElsewhere ? 0 : this.#toldSeq, thread?.seq ?? 0, thread?.messages.at(-1)?.seq ?? 0);
    if (heard.length === 0 && !isElsewhere) return;
    const said = isArrival ? heard.map(({ author, body }) => this.#said(author, body)) : [];
    this.renderRoot
      .querySelector(".announcer")!
      .replaceChildren(...said.map((text) => Object.assign(document.createElement("p"), { textContent: text })));
  }

  #said(author: Person, body: string): string {
    return this.words.says(author.name ?? this.words.team, preview(body, READ_OUT));
  }

  /** Whoever scrolls up finds what was before. */
  #watchHistory(): void {
    // Whatever is observed anew is reported at once.
    const earlier = this.view.thread?.earlier ?? null;
    if (earlier === this.#earlier) return;
    this.#earlier = earlier;
    this.#history ??= new IntersectionObserver(
      (entries) => entries.some(({ isIntersecting }) => isIntersecting) && this.session.showEarlier(),
      { root: this.#scroll, rootMargin: "200px 0px 0px" },
    );
    this.#history.disconnect();
    const button = this.renderRoot.querySelector(".earlier");
    if (button) this.#history.observe(button);
  }

  #showEarlier(): void {
    this.session.showEarlier();
    // The button goes when all is shown, and would take the focus with it.
    this.#scroll?.focus();
  }

  /** What is tried again or given up takes its buttons along. */
  #refocus({ target }: Event): void {
    if ((target as Element).closest("button")) this.#scroll?.focus();
  }

  #typing(person: Person): TemplateResult {
    const name = person.name ?? this.words.team;
    return html`<div class="line typing">
      ${face(person, name)}
      <div class="bubble"><span class="unseen">${this.words.typing(name)}</span><span class="dots"><i></i><i></i><i></i></span></div>
    </div>`;
  }
}

function keyOf(message: { readonly id: string; readonly clientId: string | null } | undefined): string {
  return message?.clientId ?? message?.id ?? "";
}
