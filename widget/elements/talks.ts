import { html, nothing, type TemplateResult, unsafeCSS } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { preview } from "../../markdown/parse.ts";
import { type Eyes, shortStamp } from "../../words/time.ts";
import type { WidgetWords } from "../../words/widget.ts";
import type { Session } from "../session/session.ts";
import type { Held } from "../session/machine/state.ts";
import { isFromTeam, type Thread } from "../session/thread.ts";
import type { View } from "../session/view.ts";
import base from "./base.css?inline";
import { progressIn, progressOf } from "./delivery.ts";
import { icon } from "./icon.ts";
import { firstName } from "./name.ts";
import css from "./talks.css?inline";
import { BesedaElement } from "./element.ts";

const PREVIEW = 120;

type Talk = { readonly key: string; readonly thread: Thread | null; readonly unsent: readonly Held[] };

/** The customer's conversations, newest first. */
export class BesedaTalks extends BesedaElement {
  static override styles = [unsafeCSS(base), unsafeCSS(css)];
  static override properties = { view: { attribute: false }, words: { attribute: false }, eyes: { attribute: false } };

  /** What the rows speak to. */
  declare session: Session;
  declare view: View;
  declare words: WidgetWords;
  declare eyes: Eyes;
  #focused: Element | null = null;

  /** Focuses the row of this talk; answers whether there is one. */
  async focusRow(key: string): Promise<boolean> {
    await this.updateComplete;
    const row = this.renderRoot.querySelector<HTMLElement>(`[data-talk="${CSS.escape(key)}"]`);
    row?.focus();
    return row !== null;
  }

  override willUpdate(): void {
    this.#focused = (this.renderRoot as ShadowRoot | undefined)?.activeElement ?? null;
  }

  // What moves to another place loses the focus on its way.
  override updated(): void {
    const focused = this.#focused as HTMLElement | null;
    if (focused?.isConnected && !(this.renderRoot as ShadowRoot).activeElement) focused.focus();
  }

  override render(): TemplateResult {
    return html`<ul aria-label=${this.words.conversations}>
      ${repeat(
        talksOf(this.view),
        ({ key }) => key,
        (talk) => html`<li>${this.#row(talk)}</li>`,
      )}
    </ul>`;
  }

  #row({ key, thread, unsent }: Talk): TemplateResult {
    const { words, eyes, session } = this;
    const last = thread?.messages.at(-1);
    const newest = unsent.at(-1);
    const body = newest?.body ?? (last?.deletedAt ? words.deleted : (last?.body ?? ""));
    const at = new Date(newest?.writtenAt ?? last?.sentAt ?? 0);
    const unread = thread?.unread ?? 0;
    return html`<button class="row ${unread ? "new" : ""}" data-talk=${key} @click=${() => session.open(key)}>
      <span class="one-line what" dir="auto">${preview(body, PREVIEW)}</span>
      <time datetime=${at.toISOString()}>${shortStamp(at, new Date(), eyes)}</time>
      ${newest ? this.#delivery(newest) : this.#standing(thread!)}
      ${unread ? html`<span class="dot"></span><span class="unseen">${words.unread(unread)}</span>` : nothing}
    </button>`;
  }

  #delivery(unsent: Held): TemplateResult {
    const { words, view } = this;
    const progress = progressOf(unsent, view.isReachable);
    const isBad = progress === "refused" || progress === "unkept";
    return html`<span class="one-line ${isBad ? "bad" : ""}">${icon(isBad ? "alert" : "clock")} ${progressIn(words, progress)}</span>`;
  }

  #standing({ messages, status }: Thread): TemplateResult {
    const { words } = this;
    const last = messages.at(-1);
    const who = last && isFromTeam(last) ? firstName(last.author.name ?? words.team) : words.you;
    const standing = status === "RESOLVED" ? words.isResolved : status === "CLOSED" ? words.isClosed : "";
    return html`<span class="one-line"><bdi>${who}</bdi>${standing && ` · ${standing}`}</span>`;
  }
}

/** What has not begun yet comes first: it is the newest. */
function talksOf({ threads, unsent }: View): Talk[] {
  const begun = new Set(threads.map(({ conversationId }) => conversationId));
  const beginnings = [...new Set(unsent.map(({ talk }) => talk).filter((talk) => !begun.has(talk)))].reverse();
  const talk = (key: string, thread: Thread | null) => ({
    key,
    thread,
    unsent: unsent.filter((one) => one.talk === key),
  });
  return [...beginnings.map((key) => talk(key, null)), ...threads.map((thread) => talk(thread.conversationId, thread))];
}
