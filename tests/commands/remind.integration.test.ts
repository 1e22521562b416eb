import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { runCommand } from "../../api/commands/actions/run-command.ts";
import type { AgentActor } from "../../api/kernel/actor.ts";
import { sql } from "../../api/kernel/database.ts";
import { newId } from "../../api/kernel/id.ts";
import { openWorld } from "../support/open-world.ts";
import { setMorning } from "../support/morning.ts";
import { openGroup } from "../support/rooms.ts";
import { granted } from "../support/story.ts";
import type { World } from "../support/world.ts";

let world: World;
let roomId: string;

setMorning();
beforeAll(async () => {
  world = await openWorld();
});
beforeEach(async () => {
  roomId = await openGroup(world.ann, world.irina);
});

/** What the command told its writer. */
async function order(agent: AgentActor, text: string): Promise<string> {
  const [result] = granted(await runCommand(agent, { conversationId: roomId, text, clientId: newId() }));
  return result!.said;
}

const kept = () => sql<{ agentId: string; text: string; at: Date }>`
  SELECT agent_id AS "agentId", text, at FROM reminder WHERE conversation_id = ${roomId} ORDER BY at`;
/** That morning, in Berlin. */
const at = (hours: number, minutes = 0, day = 15) => new Date(Date.UTC(2030, 0, day, hours - 1, minutes));

describe("/remind", () => {
  it("reminds its writer, with or without `me`, at an instant in words", async () => {
    expect(await order(world.ann, "/remind me in 2h call Hannah")).toContain("You will be reminded: ");
    await order(world.ann, "/remind tomorrow at 18:00 look at “the lamps”");
    const { agentId } = world.ann;
    expect(await kept()).toEqual([
      { agentId, text: "call Hannah", at: at(11) },
      { agentId, text: "look at “the lamps”", at: at(18, 0, 16) },
    ]);
  });

  it("understands the same in Russian, by both of its names", async () => {
    expect(await order(world.irina, "/напомнить через 2 ч позвонить Ханне")).toContain("Напомню вам: ");
    await order(world.irina, "/напомни мне завтра в 18:00");
    const { agentId } = world.irina;
    expect(await kept()).toEqual([
      { agentId, text: "позвонить Ханне", at: at(11) },
      { agentId, text: "", at: at(18, 0, 16) },
    ]);
  });

  it("reminds a colleague who sees the conversation, and nobody else", async () => {
    expect(await order(world.ann, "/remind @ирина in 30 min the lamps")).toContain("Ирина Смирнова will be reminded: ");
    expect(await kept()).toEqual([{ agentId: world.irina.agentId, text: "the lamps", at: at(9, 30) }]);
    expect(await order(world.ann, "/remind @ben in 30 min")).toContain("@ben");
    expect(await kept()).toHaveLength(1);
  });

  it("takes a day for nine in its morning, and refuses what has passed", async () => {
    await order(world.ann, "/remind friday");
    expect(await kept()).toEqual([{ agentId: world.ann.agentId, text: "", at: at(9, 0, 18) }]);
    expect(await order(world.ann, "/remind 2029-12-31 too late")).toContain("Say when in the future");
    expect(await order(world.irina, "/напомнить 2029-12-31")).toContain("Укажите время в будущем");
    expect(await kept()).toHaveLength(1);
  });

  it("says what is missing where no time is said", async () => {
    expect(await order(world.ann, "/remind me")).not.toContain("reminded");
    expect(await order(world.ann, "/remind me sometime")).not.toContain("reminded");
    expect(await kept()).toEqual([]);
  });
});
