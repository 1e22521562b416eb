import { expect, it } from "vitest";
import { MOST_SUBTASKS } from "../../api/tasks/part-queries.ts";
import { ann, api, irina, setScene } from "../support/portal-scene.ts";
import { openProject, openTask } from "../support/tasks.ts";
import { taskWords } from "../../words/tasks.ts";

setScene();

it("says on a task's page how many of its subtasks are not shown there", async () => {
  const { ann: owner, irina: member } = api.world;
  const projectId = await openProject(owner, { members: [member] });
  const parentId = await openTask(owner, projectId, { title: "Light the yard" });
  const make = (count: number) =>
    Promise.all(Array.from({ length: count }, () => openTask(owner, projectId, { title: "Lamp", parentId })));
  for (let made = 0; made < MOST_SUBTASKS; made += 50) await make(50);
  const shown = async () => (await ann.get(`/portal/conversations/${parentId}`)).text;
  const lamps = (page: string) => page.match(/<span class="ell grow" dir="auto">Lamp</g)?.length;
  const whole = await shown();
  expect(lamps(whole)).toBe(MOST_SUBTASKS);
  expect(whole).toContain(`<h2>${taskWords.en.subtasks}<span class="n">${MOST_SUBTASKS}</span></h2>`);
  expect(whole).not.toContain(taskWords.en.andMore(1));
  await make(2);
  const page = await shown();
  expect(lamps(page)).toBe(MOST_SUBTASKS);
  expect(page).toContain(taskWords.en.andMore(2));
  expect((await irina.get(`/portal/conversations/${parentId}`)).text).toContain(taskWords.ru.andMore(2));
});
