import type { Context } from "koa";
import { liveStream } from "../frame.ts";
import { classes, type Html, html } from "../html.ts";
import { icon } from "../icons.ts";
import { paths } from "../paths.ts";
import { showPane } from "../room/show.ts";
import { wordsOf as taskWordsOf } from "../task/signs.ts";
import { menuButtons } from "./bar.ts";
import type { Visit } from "../visit.ts";
import type { OpenProject } from "./queries.ts";
import { wordsOf } from "./words.ts";

/** A page of a project: which of its views it is, and what stands in it. */
type ProjectPage = {
  project: OpenProject;
  view: "board" | "list" | "settings" | "new";
  mayAdd: boolean;
  /** What stands between its head and its content. */
  filter?: Html;
  /** The filter of its address, which its board and its list share. */
  q?: string | undefined;
  content: Html;
};

/** Answers a page of a project, under its name and its views. Read `cursor` before the content. */
export async function showProject(
  ctx: Context,
  visit: Visit,
  { project, view, mayAdd, filter, q, content, cursor }: ProjectPage & { cursor: string },
): Promise<void> {
  const { reader } = visit;
  const words = wordsOf(reader);
  const { newTask } = taskWordsOf(reader);
  const { key, name } = project;
  const query = q === undefined ? {} : { q };
  const tab = (own: "board" | "list" | "settings", href: string) =>
    html`<a href="${href}" ${own === view && html`aria-current="page"`}>${own === "settings" && icon("settings")}<span>${words[own]}</span></a>`;
  const adding = html`<a class="btn primary s" href="${paths.newTask(key)}">${icon("plus", "s")}<span class="verb">${newTask}</span></a>`;
  const pane = html`<section class="${classes("pane setting room-page", view === "board" && "whole")}" id="thread" aria-labelledby="page-title">${liveStream(cursor, {}, reader)}
<header class="bar">${menuButtons(visit)}<h1 class="ell" id="page-title" tabindex="-1"><bdi>${name}</bdi></h1><span class="meta project-key">${key}</span><span class="grow"></span><nav class="tabs" aria-label="${words.views}">${tab("board", paths.board(key, query))}${tab("list", paths.taskList(key, query))}${tab("settings", paths.projectSettings(key))}</nav>${mayAdd && view !== "new" && view !== "settings" && adding}</header>${filter}
<div class="scroll">${project.isArchived && html`<p class="hint">${words.archived}</p>`}${content}</div></section>`;
  await showPane(ctx, visit, {
    title: `${name} · ${view === "new" ? newTask : words[view]}`,
    pane,
    currentId: null,
    isInTasks: true,
  });
}
