import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { now, setClock } from "../../api/kernel/clock.ts";
import { newId } from "../../api/kernel/id.ts";
import { eventually } from "../support/eventually.ts";
import { globalId } from "../support/ids.ts";
import { askFor, HOUR } from "../support/reminders.ts";
import { openGroup } from "../support/rooms.ts";
import { say } from "../support/story.ts";
import { api, asked, run, setTaskApi } from "../support/task-api.ts";

setTaskApi();

let roomId: string;
let conversationId: string;

beforeAll(() => setClock());
beforeEach(async () => {
  roomId = await openGroup(api.world.ann, api.world.irina);
  conversationId = globalId("Conversation", roomId);
});

const EVENTS = `subscription ($after: String, $conversationId: ID) { events(after: $after, conversationId: $conversationId) {
  __typename cursor seq ... on ReminderTold { reminder { text agent { name } conversation { id } } } } }`;
const LIST =
  "{ reminders(stage: AHEAD) { nodes { id text } } told: reminders(stage: TOLD, last: 5) { nodes { text toldAt } } toldReminderCount }";
const create = (input: object, as = api.as.ann) =>
  run(as, "createReminder", { clientId: newId(), conversationId, text: "Look", ...input }, "reminder { id text at }");

describe("reminders", () => {
  it("are asked for in words of the caller's language, and are theirs alone", async () => {
    const { id } = await say(api.world.ann, roomId);
    const { reminder } = await create({ time: { words: "in 2h" }, messageId: globalId("Message", id) });
    expect(Date.parse(reminder.at) - now().getTime()).toBeGreaterThan(2 * HOUR - 60_000);
    await create({ time: { words: "через 20 минут" }, text: "Лампа" }, api.as.irina);
    expect((await asked(api.as.irina, LIST)).reminders.nodes).toMatchObject([{ text: "Лампа" }]);
    const seen = await asked(api.as.irina, "query ($id: ID!) { node(id: $id) { id } }", { id: reminder.id });
    expect(seen.node).toBeNull();
    expect(await run(api.as.irina, "removeReminder", { reminderId: reminder.id }, "reminderId")).toMatchObject({
      code: "reminder_not_found",
    });
    expect(await run(api.as.ann, "removeReminder", { reminderId: reminder.id }, "reminderId")).toEqual({
      reminderId: reminder.id,
    });
  });

  it("are refused with what is wrong with them", async () => {
    const codeOf = async (input: object, as = api.as.ann) => (await create(input, as)).code;
    expect(await codeOf({ time: { words: "sometime" } })).toBe("reminder_time_invalid");
    expect(await codeOf({ time: { at: "2020-01-01T00:00:00.000Z" } })).toBe("reminder_time_invalid");
    // Of no zone in particular.
    await expect(codeOf({ time: { at: "2030-01-01T00:00:00" } })).rejects.toThrow("an offset");
    expect(await codeOf({ time: { at: "2020-01-01T03:00:00+03:00" } })).toBe("reminder_time_invalid");
    const time = { words: "in 2h" };
    expect(await codeOf({ time, text: "x".repeat(501) })).toBe("reminder_text_invalid");
    expect(await codeOf({ time, agentId: globalId("Agent", api.world.ben.agentId) })).toBe("reminder_agent_not_found");
    expect(await codeOf({ time, messageId: globalId("Message", newId()) })).toBe("message_not_found");
    expect(await codeOf({ time }, api.as.ben)).toBe("conversation_not_found");
    expect(await codeOf({ time }, api.as.hannah)).toBe("not_permitted");
    const [first, other] = [
      { clientId: "same", time },
      { clientId: "same", time, text: "Otherwise" },
    ];
    expect((await create(first)).reminder.id).toBe((await create(first)).reminder.id);
    expect(await codeOf(other)).toBe("client_id_conflict");
  });

  it("are told to whose they are, wherever they follow all, and to nobody else; also after a break", async () => {
    const { eventCursor: after } = await asked(api.as.ann, "{ eventCursor }");
    const [ann, irina] = [await api.connect(api.as.ann), await api.connect(api.as.irina)];
    const [own, others, inRoom] = [ann.follow(EVENTS), irina.follow(EVENTS), irina.follow(EVENTS, { conversationId })];
    await Promise.all([ann.ask("{ eventCursor }"), irina.ask("{ eventCursor }")]);
    await askFor(api.world.ann, roomId, { text: "The lamps", time: { at: new Date(now().getTime() + 300) } });
    const toldIn = ({ answers }: typeof own) =>
      answers.filter(({ data }) => data?.events.__typename === "ReminderTold");
    await eventually(() => toldIn(own).length === 1, 5_000);
    const { events: told } = toldIn(own)[0]!.data!;
    expect(told).toMatchObject({
      seq: null,
      reminder: { text: "The lamps", agent: { name: "Ann Lind" }, conversation: { id: conversationId } },
    });

    await say(api.world.ann, roomId, "And now?");
    await eventually(() => others.answers.length > 0 && inRoom.answers.length > 0);
    const again = { ann: ann.follow(EVENTS, { after }), irina: irina.follow(EVENTS, { after }) };
    await eventually(() => again.ann.answers.length >= 2 && again.irina.answers.length > 0);
    expect(toldIn(again.ann)).toHaveLength(1);
    for (const stream of [others, inRoom, again.irina]) expect(toldIn(stream)).toEqual([]);
    const { told: list, toldReminderCount } = await asked(api.as.ann, LIST);
    expect(list.nodes).toMatchObject([{ text: "The lamps" }]);
    expect(toldReminderCount).toBe(1);
  });
});
