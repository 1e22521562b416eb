import { html, nothing, type TemplateResult } from "lit";
import type { Eyes } from "../../words/time.ts";
import type { WidgetWords } from "../../words/widget.ts";
import type { Inbox } from "../operations.ts";
import type { Session } from "../session/session.ts";
import type { View } from "../session/view.ts";
import { face } from "./face.ts";
import { firstName } from "./name.ts";

export interface HomeScene {
  readonly session: Session;
  readonly view: View;
  readonly words: WidgetWords;
  readonly eyes: Eyes;
}

/** What the customer finds first: who answers, where to write, and what was said so far. */
export function home(scene: HomeScene): TemplateResult {
  const { view, words } = scene;
  return html`<div class="home">
      ${view.phase === "opening" ? html`<div class="loading" role="progressbar" aria-label=${words.loading}></div>` : nothing}
      ${view.inbox ? hello(view.inbox, scene) : nothing}
      ${view.inbox ? talks(scene) : nothing}
    </div>
    <p class="foot">${words.poweredBy}</p>`;
}

/** Who answers. */
export function answering({ team }: Inbox, words: WidgetWords): TemplateResult | typeof nothing {
  if (team.length === 0) return nothing;
  const names = team.map(({ name }) => firstName(name ?? words.team));
  return html`<div class="faces">${team.map((agent) => face(agent, agent.name ?? words.team))}</div>
    <p class="answering">${words.answering(names)}</p>`;
}

function hello(inbox: Inbox, { words, session }: HomeScene): TemplateResult {
  return html`<div class="hello">
    <h2 class="greeting" dir="auto">${inbox.greeting}</h2>
    ${answering(inbox, words)}
    <button class="button primary" @click=${() => session.openNew()}>${words.writeToUs}</button>
  </div>`;
}

function talks({ session, view, words, eyes }: HomeScene): TemplateResult | typeof nothing {
  const isEmpty = view.threads.length + view.unsent.length === 0;
  if (isEmpty && view.phase !== "ready") return nothing;
  return html`<h3 class="section">${words.conversations}</h3>
    ${
      isEmpty
        ? html`<p class="none">${words.noConversations}</p>`
        : html`<beseda-talks .session=${session} .view=${view} .words=${words} .eyes=${eyes}></beseda-talks>`
    }`;
}
