import { html, nothing, type TemplateResult } from "lit";
import { type Eyes, timeOfDay } from "../../words/time.ts";
import type { WidgetWords } from "../../words/widget.ts";
import type { Session } from "../session/session.ts";
import { face } from "./face.ts";
import { icon } from "./icon.ts";
import { markdown } from "./markdown.ts";
import { reason } from "./reason.ts";
import type { Row } from "./rows.ts";

type MessageRow = Extract<Row, { kind: "message" }>;

export interface Scene {
  readonly words: WidgetWords;
  readonly eyes: Eyes;
  readonly session: Session;
  /** When the team has read so far, as far as that is known. */
  readonly seenAt: string | null;
}

const icons = { sending: "clock", waiting: "clock", unkept: "alert" } as const;

/** A message in its line, and how far it has come. */
export function messageRow(row: MessageRow, scene: Scene): TemplateResult {
  const { words, eyes } = scene;
  const name = row.author ? (row.author.name ?? words.team) : words.you;
  const at = html`<time datetime=${row.at.toISOString()}>${timeOfDay(row.at, eyes)}</time>`;
  const side = row.author ? "theirs" : "mine";
  return html`<li class="${side} ${row.isFirst ? "first" : ""} ${row.delivery ?? ""}">
    ${
      row.author && row.isFirst
        ? html`<p class="who one-line"><bdi>${name}</bdi> · ${at}</p>`
        : html`<span class="unseen">${name}, ${at}:</span>`
    }
    ${line(row, name, words)} ${state(row, scene)}
  </li>`;
}

// The bubble keeps white space: none may stand between its tags and the text. Its corners follow the page, its text itself.
function line(
  { author, body, isLast, editedAt, deletedAt }: MessageRow,
  name: string,
  words: WidgetWords,
): TemplateResult {
  const said = deletedAt ? html`<i>${words.deleted}</i>` : markdown(body);
  const bubble = html`<div class="bubble">${said}${editedAt ? html`<small>${words.edited}</small>` : nothing}</div>`;
  if (!author) return bubble;
  return html`<div class="line">${isLast ? face(author, name) : nothing}${bubble}</div>`;
}

function state(row: MessageRow, { words, eyes, session, seenAt }: Scene): TemplateResult | typeof nothing {
  switch (row.delivery) {
    case "keeping":
      return row.isLast ? html`<p class="state"></p>` : nothing;
    case "sending":
    case "waiting":
    case "unkept": {
      const isSaid = row.isLast || row.delivery === "unkept";
      return isSaid ? html`<p class="state">${icon(icons[row.delivery])}${words[row.delivery]}</p>` : nothing;
    }
    case "sent":
      return html`<p class="state">${icon("sent")}${words.sent(timeOfDay(row.at, eyes))}</p>`;
    case "seen":
      return html`<p class="state">${icon("seen")}${words.seen(seenAt ? timeOfDay(new Date(seenAt), eyes) : "")}</p>`;
    case "refused": {
      const { clientId, refusal } = row.unsent!;
      return html`<p class="state" role="alert">
        <span class="why">${icon("alert")}${words.notSent} ${reason(refusal!, words)}</span>
        <button @click=${() => session.tryAgain(clientId)}>${words.tryAgain}</button>
        <button @click=${() => session.discard(clientId)}>${words.remove}</button>
      </p>`;
    }
    default:
      return nothing;
  }
}
