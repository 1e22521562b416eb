import { beforeAll, describe, expect, it } from "vitest";
import { commandsIn } from "../../api/commands/registry.ts";
import { newId } from "../../api/kernel/id.ts";
import { sql } from "../../api/kernel/database.ts";
import { type Api, startApi } from "../support/api.ts";
import { agentBearer, type Credentials } from "../support/bearers.ts";
import { eventually } from "../support/eventually.ts";
import { globalId } from "../support/ids.ts";
import { openGroup } from "../support/rooms.ts";
import { takeStock } from "../support/rows.ts";
import { begin, note, say } from "../support/story.ts";

let api: Api;
beforeAll(async () => {
  api = await startApi();
});

const opened = async () => (await begin(api.world.hannah)).conversation.id;

async function ask(as: Credentials, query: string, variables: object) {
  const { data, errors } = await api.ask(as, query, variables);
  if (errors) throw new Error(JSON.stringify(errors));
  return data!;
}

const RUN = `mutation ($input: RunCommandInput!) { runCommand(input: $input) {
  ... on RunCommandPayload { results { source isDone code says } conversation { status assignee { name } } }
  ... on UserError { code path message } } }`;

function run(as: Credentials, conversationId: string, text: string, clientId = newId()) {
  const input = { conversationId: globalId("Conversation", conversationId), text, clientId };
  return ask(as, RUN, { input }).then(({ runCommand }) => runCommand);
}

describe("runCommand", () => {
  it("carries out each, answers what came of it, and writes no message", async () => {
    const id = await opened();
    const ran = await run(api.as.ann, id, "/assign @ирина /resolve\n/assign @ben");
    expect(ran).toEqual({
      results: [
        { source: "/assign @ирина", isDone: true, code: null, says: "Assigned to Ирина Смирнова." },
        { source: "/resolve", isDone: true, code: null, says: "Resolved." },
        { source: "/assign @ben", isDone: false, code: "argument_invalid", says: "Nobody here is mentioned by @ben." },
      ],
      conversation: { status: "RESOLVED", assignee: { name: "Ирина Смирнова" } },
    });
    const [messages] = await sql`SELECT count(*) FROM message WHERE conversation_id = ${id}`;
    expect(messages).toEqual({ count: 1 });
  });

  it("is done once under a clientId, answered again as the first time, and a conflict with another text", async () => {
    const [id, clientId] = [await opened(), newId()];
    const first = await run(api.as.ann, id, "/note Once\n/nothing", clientId);
    const before = await takeStock();
    expect((await run(api.as.ann, id, "/note Once\n/nothing", clientId)).results).toEqual(first.results);
    expect(await run(api.as.ann, id, "/note Twice", clientId)).toMatchObject({ code: "client_id_conflict" });
    expect(await takeStock()).toEqual(before);
  });

  it.each([
    ["a text without a command", "Resolve it", "commands_expected"],
    ["more than twenty", "/help\n".repeat(21), "commands_too_many"],
    ["no text", " ", "body_empty"],
    ["what cannot be kept", "/note \0", "body_has_nul"],
  ])("refuses %s, and writes nothing", async (_what, text, code) => {
    const id = await opened();
    const before = await takeStock();
    expect(await run(api.as.ann, id, text)).toMatchObject({ code, path: ["input", "text"] });
    expect(await takeStock()).toEqual(before);
  });

  it("is staff's who may write there", async () => {
    const id = await opened();
    const reader = await agentBearer(api.world.ann, ["read"]);
    expect(await run(api.as.hannah, id, "/resolve")).toMatchObject({ code: "not_permitted" });
    expect(await run(reader, id, "/resolve")).toMatchObject({ code: "not_permitted" });
    expect(await run(api.as.ben, id, "/resolve")).toMatchObject({ code: "conversation_not_found" });
  });
});

describe("previewCommand", () => {
  const PREVIEW = `query ($id: ID!, $text: String!) { previewCommand(conversationId: $id, text: $text) { source isPossible code says } }`;
  const preview = (as: Credentials, id: string, text: string) =>
    ask(as, PREVIEW, { id: globalId("Conversation", id), text }).then(({ previewCommand }) => previewCommand);

  it("says what each would do after those before it, in the caller's language, and writes nothing", async () => {
    const id = await opened();
    const before = await takeStock();
    expect(await preview(api.as.irina, id, "/назначить @ann /решено /note Ждём\n/assign @bne")).toEqual([
      { source: "/назначить @ann", isPossible: true, code: null, says: "Обращение получит Ann Lind." },
      { source: "/решено", isPossible: true, code: null, says: "Обращение станет решённым." },
      { source: "/note Ждём", isPossible: true, code: null, says: "Будет записана заметка для команды." },
      { source: "/assign @bne", isPossible: false, code: "argument_invalid", says: expect.stringContaining("@bne") },
    ]);
    expect(await takeStock()).toEqual(before);
  });

  it("is empty without commands, for customers, where the caller sees nothing, and for who may not write", async () => {
    const id = await opened();
    const reader = await agentBearer(api.world.ann, ["read"]);
    for (const [as, text] of [
      [reader, "/resolve"],
      [api.as.ann, "Hello"],
      [api.as.hannah, "/resolve"],
      [api.as.ben, "/resolve"],
      [api.as.intruder, "/resolve"],
    ] as const)
      expect(await preview(as, id, text)).toEqual([]);
  });
});

describe("commands", () => {
  const COMMANDS = `query ($id: ID!) { commands(conversationId: $id) { name names usage help arguments { name usage isOptional choices } } }`;
  const list = (as: Credentials, id: string) =>
    ask(as, COMMANDS, { id: globalId("Conversation", id) }).then(({ commands }) => commands);

  it("are those that work there, told in the caller's language", async () => {
    const id = await openGroup(api.world.ann, api.world.irina);
    const known = await list(api.as.irina, id);
    expect(known.map(({ name }: { name: string }) => name)).toEqual([
      "тема",
      "пригласить",
      "убрать",
      "задача",
      "ошибка",
      "эпик",
      "напомнить",
      "помощь",
    ]);
    expect(known[1]).toEqual({
      ...{ name: "пригласить", names: ["invite", "пригласить"], usage: "/пригласить @кого ..." },
      help: "Пригласить коллег сюда.",
      arguments: [{ name: "кого", usage: "@кого ...", isOptional: false, choices: [] }],
    });
  });

  it("are none to customers, to who does not see the conversation, and to a token that only reads", async () => {
    const id = await opened();
    const reader = await agentBearer(api.world.ann, ["read"]);
    const seen = [api.as.hannah, api.as.ben, reader].map((as) => list(as, id));
    expect(await Promise.all(seen)).toEqual([[], [], []]);
  });
});

describe("commandSuggestions", () => {
  const SUGGEST = `query ($id: ID!, $text: String!, $caret: Int!) {
    commandSuggestions(conversationId: $id, text: $text, caret: $caret) {
      command { name } argument { usage } suggestions { text detail from to } } }`;
  /** What is suggested at the | of a text. */
  const suggest = async (as: Credentials, id: string, text: string) => {
    const variables = { id: globalId("Conversation", id), text: text.replace("|", ""), caret: text.indexOf("|") };
    return (await ask(as, SUGGEST, variables)).commandSuggestions;
  };
  const textsOf = ({ suggestions }: { suggestions: { text: string }[] }) => suggestions.map(({ text }) => text);

  it("are the commands that begin so, behind a slash, under the name that is being written", async () => {
    const id = await opened();
    expect(await suggest(api.as.ann, id, "Hi\n/ass|")).toEqual({
      ...{ command: null, argument: null },
      suggestions: [{ text: "/assign", detail: "/assign @who: Give the conversation to a colleague.", from: 3, to: 7 }],
    });
    expect(textsOf(await suggest(api.as.ann, id, "/наз|"))).toEqual(["/назначить"]);
    expect(textsOf(await suggest(api.as.ann, id, "/|"))).toHaveLength(commandsIn("support").length);
    expect(textsOf(await suggest(api.as.ann, id, "/resolve /re|"))).toEqual(["/resolve", "/reopen", "/remind"]);
  });

  it("are colleagues where one is expected, with what is expected", async () => {
    const id = await opened();
    expect(await suggest(api.as.ann, id, "/assign @и|")).toEqual({
      ...{ command: { name: "assign" }, argument: { usage: "@who" } },
      suggestions: [{ text: "@ирина", detail: "Ирина Смирнова", from: 8, to: 10 }],
    });
    expect(await suggest(api.as.ann, id, "/assign @ann |")).toMatchObject({ argument: null, suggestions: [] });
  });

  it("are for /invite those who are not here yet, one after another", async () => {
    const id = await openGroup(api.world.ann);
    expect(textsOf(await suggest(api.as.ann, id, "/invite |"))).toEqual(["@ben", "@ирина"]);
    expect(textsOf(await suggest(api.as.ann, id, "/invite @ben @ири|"))).toEqual(["@ирина"]);
  });

  it.each(["Hello|", "Hello /ass|", "//ass|", "```\n/ass|", "/ass ign|"])("are none for %j", async (text) => {
    expect(await suggest(api.as.ann, await opened(), text)).toEqual({ command: null, argument: null, suggestions: [] });
  });

  it("are none to customers, to who does not see the conversation, and to a token that only reads", async () => {
    const id = await opened();
    const reader = await agentBearer(api.world.ann, ["read"]);
    const seen = [api.as.hannah, api.as.ben, reader].map((as) => suggest(as, id, "/|"));
    expect(await Promise.all(seen)).toEqual([null, null, null]);
  });
});

describe("the bot", () => {
  const LAST = `query ($id: ID!) { conversation(id: $id) { unreadCount lastMessage { body clientId author { __typename id name } } } }`;

  it("answers a note's commands in its reader's name for it, is found by its id, and is unknown to customers", async () => {
    const id = await opened();
    await note(api.world.ann, id, "/resolve");
    const variables = { id: globalId("Conversation", id) };
    const last = async (as: Credentials) => (await ask(as, LAST, variables)).conversation.lastMessage;
    await eventually(async () => (await last(api.as.ann)).author.__typename === "Bot");
    const bot = globalId("Bot", api.world.workspaceId);
    const said = { body: "`/resolve` Resolved.", clientId: null };
    expect(await last(api.as.ann)).toEqual({ ...said, author: { __typename: "Bot", id: bot, name: "Beseda" } });
    expect((await last(api.as.irina)).author.name).toBe("Беседа");
    expect((await last(api.as.hannah)).author.__typename).toBe("Contact");
    const node = `query ($bot: ID!) { node(id: $bot) { id } }`;
    expect(await ask(api.as.ann, node, { bot })).toEqual({ node: { id: bot } });
    for (const other of [api.as.hannah, api.as.intruder])
      expect(await ask(other, node, { bot })).toEqual({ node: null });
  });

  it("is told of live, as the author of what it said", async () => {
    const id = await openGroup(api.world.ann);
    const socket = await api.connect(api.as.ann);
    const open = socket.follow(
      `subscription ($id: ID) { events(conversationId: $id) { ... on MessageSent { message { body author { __typename name } } } } }`,
      { id: globalId("Conversation", id) },
    );
    await eventually(async () => {
      await say(api.world.ann, id, "/topic Lamps");
      return open.answers.some(({ data }) => data?.events.message?.author.__typename === "Bot");
    });
    const told = open.answers.flatMap(({ data }) => data?.events.message ?? []);
    expect(told).toContainEqual({
      body: "`/topic` The topic is: Lamps",
      author: { __typename: "Bot", name: "Beseda" },
    });
  });
});
