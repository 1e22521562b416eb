import { describe, expect, it } from "vitest";
import { sql } from "../../api/kernel/database.ts";
import { moveTask } from "../../api/tasks/actions/move-task.ts";
import { ann, api, ben, intruder, irina, setScene } from "../support/portal-scene.ts";
import { granted } from "../support/story.ts";
import { newKey, openProject, openTask, taskRow } from "../support/tasks.ts";
import { asHtmx } from "./portal-browser.ts";

setScene();

async function lamps() {
  const key = newKey();
  const projectId = await openProject(api.world.ann, { key, members: [api.world.irina] });
  return { key, projectId, taskId: await openTask(api.world.ann, projectId), path: `/portal/projects/${key}/workflow` };
}

/** What the form on a page would send. */
function formIn(page: string): Record<string, string> {
  const form = page.slice(page.indexOf('id="workflow-form"'));
  const inputs = [...form.matchAll(/<input ([^>]*)>/g)].map(([, text]) => text!);
  const named = (text: string, name: string) => new RegExp(`(?:^| )${name}="([^"]*)"`).exec(text)?.[1];
  const sent = inputs.filter((text) => !/type="(?:checkbox|radio)"/.test(text) || / checked(?: |$)/.test(text));
  const selects = [...form.matchAll(/<select [^>]*name="([^"]*)"[^>]*>(.*?)<\/select>/gs)];
  return Object.fromEntries([
    ...sent.map((text) => [named(text, "name")!, named(text, "value") ?? ""]),
    ...selects.map(([, name, options]) => [name!, /value="([^"]*)" selected/.exec(options!)?.[1] ?? ""]),
  ]);
}

/** What the checker says, and where it leads. */
function linksIn(page: string): string[] {
  return [...page.matchAll(/<li><a href="(#[^"]*)">([^<]*)<\/a>/g)].map(
    ([, field, sentence]) => `${field} ${sentence}`,
  );
}

async function workflowOf(projectId: string) {
  const [project] = await sql<{ workflow: { states: { id: string; name: string }[]; moves: { id: string }[] } }>`
    SELECT workflow FROM project WHERE id = ${projectId}`;
  return project!.workflow;
}

describe("a project's workflow in the portal", () => {
  it("is drawn with its states and moves, in words too, for everyone in the project, and changed by its owners alone", async () => {
    const { path, projectId } = await lamps();
    const shown = (await irina.get(path)).text;
    expect(shown).toMatch(/<svg role="img" aria-labelledby="wf-title wf-desc"/);
    expect(shown).toMatch(/4.состояния, 5.переходов. Задачи начинаются в «К выполнению»\./);
    expect(shown.match(/class="wf-state/g)).toHaveLength(4);
    expect(shown).toContain("<code>/start</code>");
    expect(shown).not.toContain("workflow-form");
    const form = formIn((await ann.get(path)).text);
    expect((await irina.post(path, { ...form, do: "save", "s0-name": "Mine" }, asHtmx)).status).toBe(403);
    for (const other of [ben, intruder]) {
      expect((await other.get(path)).status).toBe(404);
      expect((await other.post(path, { ...form, do: "save" })).status).toBe(404);
    }
    expect((await workflowOf(projectId)).states[0]!.name).toBe("To do");
  });

  it("is saved as it was when nothing was changed, and with what was", async () => {
    const { path, projectId } = await lamps();
    const before = await workflowOf(projectId);
    const form = formIn((await ann.get(path)).text);
    expect((await ann.post(path, { ...form, do: "save" })).status).toBe(303);
    expect(await workflowOf(projectId)).toEqual(before);
    const again = formIn((await ann.get(path)).text);
    expect((await ann.post(path, { ...again, do: "save", "s0-name": "Up next", "s1-limit": "3" })).status).toBe(303);
    expect((await workflowOf(projectId)).states.slice(0, 2)).toMatchObject([{ name: "Up next" }, { limit: 3 }]);
    const late = await ann.post(path, { ...again, do: "save", "s0-name": "Too late" });
    expect(late.status).toBe(422);
    expect(late.text).toContain("Somebody has changed the workflow meanwhile.");
  });

  it("is told what is wrong with it while it is edited, each in a sentence that leads to its field, and not saved so", async () => {
    const { path, projectId } = await lamps();
    const before = await workflowOf(projectId);
    const form = formIn((await ann.get(path)).text);
    const added = (await ann.post(path, { ...form, do: "add-state" }, asHtmx)).text;
    expect(/id="s4-name"[^>]* autofocus/.test(added)).toBe(true);
    expect(linksIn(added)).toContain(
      "#s4-name No task ever comes to “New state”: no moves lead there from where tasks begin.",
    );
    const refused = await ann.post(path, { ...formIn(added), do: "save" });
    expect(refused.status).toBe(422);
    expect(linksIn(refused.text).join()).toContain("A task in “New state” stays there for good");
    const nameless = { ...form, "s0-name": " ", "s1-limit": "many", "m0-id": "Start now", do: "check" };
    const told = linksIn((await ann.post(path, nameless, asHtmx)).text).join();
    for (const said of ["takes a name of 1 to 40", "is a number from 1 to 999", "takes letters a to z"])
      expect(told).toContain(said);
    const cut: Record<string, string> = { ...form, do: "save" };
    delete cut.whole;
    expect((await ann.post(path, cut)).status).toBe(422);
    expect(await workflowOf(projectId)).toEqual(before);
  });

  it("gives what is added no id of what has gone: its tasks would be taken for the new one's", async () => {
    const { path, projectId } = await lamps();
    const added = formIn(
      (await ann.post(path, { ...formIn((await ann.get(path)).text), do: "add-state" }, asHtmx)).text,
    );
    const ids = (form: Record<string, string>) =>
      Object.entries(form).flatMap(([name, value]) => (/^s\d+-id$/.test(name) ? [value] : []));
    const fresh = ids(added).at(-1)!;
    const workflow = await workflowOf(projectId);
    const kept = { ...workflow, states: [...workflow.states, { id: fresh, name: "Kept", group: "started" }] };
    await sql`UPDATE project SET workflow = ${JSON.stringify(kept)} WHERE id = ${projectId}`;
    const gone = formIn(
      (await ann.post(path, { ...formIn((await ann.get(path)).text), do: `remove-state ${fresh}` }, asHtmx)).text,
    );
    const anew = formIn((await ann.post(path, { ...gone, do: "add-state" }, asHtmx)).text);
    expect(ids(gone)).not.toContain(fresh);
    expect(ids(anew)).toHaveLength(5);
    expect(ids(anew)).not.toContain(fresh);
  });

  it("asks where tasks go of a state that goes, and moves them there", async () => {
    const { path, projectId, taskId } = await lamps();
    granted(await moveTask(api.world.ann, { taskId, moveId: "start" }));
    const form = formIn((await ann.get(path)).text);
    const without = (await ann.post(path, { ...form, do: "remove-state doing" }, asHtmx)).text;
    expect(/“In progress” goes, and 1.task stands there. Where to\?/.test(without)).toBe(true);
    // The moves from there and to it go as well.
    let edited = formIn(without);
    for (const nth of ["1", "0"])
      edited = formIn((await ann.post(path, { ...edited, do: `remove-move ${nth}` }, asHtmx)).text);
    const unsaid = await ann.post(path, { ...edited, do: "save" });
    expect(unsaid.status).toBe(422);
    expect(unsaid.text).toContain("say where they shall go");
    expect((await ann.post(path, { ...edited, "goes-doing": "todo", do: "save" })).status).toBe(303);
    expect((await taskRow(api.world.ann, taskId)).stateId).toBe("todo");
    expect((await workflowOf(projectId)).states.map(({ id }) => id)).toEqual(["todo", "done", "cancelled"]);
  });
});
