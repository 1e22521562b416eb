import { beforeAll, describe, expect, it } from "vitest";
import { previewCommands } from "../../api/commands/preview.ts";
import { suggestCommands } from "../../api/commands/suggest.ts";
import type { AgentActor } from "../../api/kernel/actor.ts";
import { openWorld } from "../support/open-world.ts";
import { order, ran } from "../support/orders.ts";
import { openGroup } from "../support/rooms.ts";
import { openProject, openTask } from "../support/tasks.ts";
import { addAgent, type World } from "../support/world.ts";

let world: World;
let dora: AgentActor;
/** A task's talk. */
let id: string;

beforeAll(async () => {
  world = await openWorld();
  dora = await addAgent(world, { name: "Dora", role: "agent", locale: "en" });
  const projectId = await openProject(world.irina, { key: "OPS", members: [dora] });
  id = await openTask(dora, projectId);
});

const DUE = [
  "`/due when|none`: Say when the task is due.",
  "`when|none`: a day or a time, as `tomorrow`, `fri 18:00`, `in 2h` or `2026-12-25`, where you are; or `none`.",
  "It works in tasks.",
  "Also called `/срок`.",
  "For example: `/due tomorrow at 18:00`",
];

describe("/help", () => {
  it("answers the page of a command, in the language of who asks, by either name", async () => {
    expect(await order(dora, id, "/help due")).toBe(`\`/help\` ${DUE.join("\n")}`);
    expect(await order(dora, id, "/help срок")).toBe(`\`/help\` ${DUE.join("\n")}`);
    expect(await ran(world.irina, id, "/помощь важность")).toEqual([
      [
        "`/важность важность`: Указать важность задачи.",
        "`важность`: `нет`, `низкая`, `обычная`, `высокая` или `срочная`.",
        "Работает в задачах.",
        "Другие имена: `/priority` и `/приоритет`.",
        "Например: `/важность высокая`",
      ].join("\n"),
    ]);
  });

  it("answers it to who runs it without a message, and says it before that", async () => {
    expect(await ran(dora, id, "/help due")).toEqual([DUE.join("\n")]);
    const [preview] = await previewCommands(dora, { conversationId: id, text: "/help due" });
    expect(preview).toMatchObject({ refusal: null, said: DUE.join("\n") });
  });

  it("knows the task's moves", async () => {
    const [said] = await ran(dora, id, "/help start");
    expect(said).toContain("`/start [comment]`: Moves the task to");
    expect(said).toContain("For example: `/start`");
  });

  it("knows commands that work elsewhere, and those of one name", async () => {
    const [said] = await ran(dora, await openGroup(dora), "/help assign");
    expect(said).toContain("It works in conversations with customers.");
    expect(said).toContain("It works in tasks.");
  });

  it("is told the nearest name of what is no command", async () => {
    expect(await ran(dora, id, "/help deu")).toEqual(["There is no command /deu. Did you mean `/help due`?"]);
    expect(await ran(world.irina, id, "/помощь абракадабра")).toEqual([
      "Команды /абракадабра нет. Все перечислит `/помощь`.",
    ]);
  });

  it("lists all that work there when none is named", async () => {
    const [said] = await ran(dora, id, "/help");
    expect(said).toContain("`/due when|none`: Say when the task is due.\n");
    expect(said).not.toContain("/resolve");
  });

  it("has the names suggested", async () => {
    const text = "/help du";
    const found = await suggestCommands(dora, { conversationId: id, text, caret: text.length });
    expect(found!.suggestions).toEqual([{ text: "due", detail: "Say when the task is due.", from: 6, to: 8 }]);
  });
});
