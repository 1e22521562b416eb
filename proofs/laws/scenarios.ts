import { schema } from "../../api/schema.ts";
import { inTransaction } from "../../api/kernel/database.ts";
import { newId } from "../../api/kernel/id.ts";
import { startVisitor } from "../../api/people/actions/start-visitor.ts";
import { assignTicket } from "../../api/helpdesk/actions/assign-ticket.ts";
import { MOVES, type Move } from "../../api/helpdesk/ticket.ts";
import { globalId } from "../../tests/support/ids.ts";
import { SHOP } from "../../tests/support/world.ts";
import type { Dice } from "../dice.ts";
import { type Caller, customers, type Scene, staff } from "./scene.ts";
import { bringTo, openFor } from "./open-for.ts";
import { actScenarios } from "./act-scenarios.ts";
import { commandScenarios } from "./command-scenarios.ts";
import { projectScenarios } from "./project-scenarios.ts";
import { reminderScenarios } from "./reminder-scenarios.ts";
import { roomScenarios } from "./room-scenarios.ts";
import { settingsScenarios } from "./settings-scenarios.ts";
import { taskScenarios } from "./task-scenarios.ts";
import { prepareReply, replyIn, threadScenarios } from "./thread-scenarios.ts";
import { workflowScenarios } from "./workflow-scenarios.ts";

/** How a mutation comes to pass. */
export type Scenario = {
  /** Who may do it. */
  by: readonly Caller[];
  /** Brings about what the mutation needs, and answers a good input for the caller, another one at each call. */
  prepare: Prepare;
  /** The same for a field of the input whose id does not do in each of these inputs, by its name. */
  prepareFor?: Record<string, Prepare>;
};

type Prepare = (scene: Scene, by: Caller) => Promise<() => Record<string, unknown>>;

/** Why no snapshot is kept true by events after a mutation. With a scenario, the laws that look at ids look at it all the same. */
export type Exemption = { exempt: string } & Partial<Scenario>;

const everyone = [...staff, ...customers] as const;

/**
 * A scenario for each mutation of the schema: with it, every law looks at the mutation. One that is missing here fails
 * the tests.
 */
export const scenarios: Record<string, Scenario | Exemption> = {
  startConversation: {
    by: customers,
    prepare:
      async ({ dice }) =>
      () => ({ clientId: newId(), body: someText(dice) }),
  },
  sendMessage: {
    by: everyone,
    prepare: async (scene, by) => {
      const conversationId = globalId("Conversation", await openFor(scene, by));
      const isStaff = staff.some((name) => name === by);
      const reply = await replyIn(scene, conversationId);
      return () => {
        const visibility = isStaff && scene.dice.happens(0.4) ? "STAFF" : "EVERYONE";
        return { conversationId, clientId: newId(), body: someText(scene.dice), visibility, ...reply };
      };
    },
    prepareFor: { threadId: prepareReply },
  },
  saveDraft: {
    by: staff,
    prepare: async (scene, by) => {
      const conversationId = globalId("Conversation", await openFor(scene, by));
      return () => {
        const body = scene.dice.happens(0.3) ? "" : someText(scene.dice);
        return { conversationId, clientId: newId(), body, visibility: scene.dice.pick(["STAFF", "EVERYONE"]) };
      };
    },
  },
  markRead: {
    by: everyone,
    prepare: async (scene, by) => {
      const conversationId = globalId("Conversation", await openFor(scene, by));
      return () => ({ conversationId, seq: scene.dice.between(0, 2) });
    },
  },
  markUnread: {
    by: staff,
    prepare: async (scene, by) => {
      const conversationId = globalId("Conversation", await openFor(scene, by));
      return () => ({ conversationId, seq: scene.dice.between(1, 2) });
    },
  },
  setTyping: {
    by: everyone,
    prepare: async (scene, by) => {
      const conversationId = globalId("Conversation", await openFor(scene, by));
      return () => ({ conversationId, isTyping: scene.dice.happens(0.5) });
    },
  },
  setConversationPending: moving("wait"),
  resolveConversation: moving("resolve"),
  closeConversation: moving("close"),
  reopenConversation: moving("reopen"),
  assignConversation: {
    by: staff,
    prepare: async (scene) => {
      const id = await scene.conversationOf(scene.dice.pick(customers));
      return () => {
        const { agentId } = scene.world[scene.dice.pick(staff)];
        return { conversationId: globalId("Conversation", id), assigneeId: globalId("Agent", agentId) };
      };
    },
  },
  unassignConversation: {
    by: staff,
    prepare: async (scene) => {
      const id = await scene.conversationOf(scene.dice.pick(customers));
      const { ann } = scene.world;
      if (scene.dice.happens(0.8)) await assignTicket(ann, { conversationId: id, assigneeId: ann.agentId });
      return () => ({ conversationId: globalId("Conversation", id) });
    },
  },
  startVisit: {
    by: ["nobody"],
    prepare: async ({ world, dice }) => {
      const place = () => dice.pick([{}, { locale: "ru" }, { locale: "en-GB", zone: "Asia/Tokyo" }]);
      return () => ({ inboxKey: world.inboxKey, clientId: newId(), ...place() });
    },
  },
  refreshVisit: {
    by: ["nobody"],
    prepare: async ({ world: { workspaceId, inboxId } }) => {
      const place = { workspaceId, inboxId, origin: SHOP, locale: null, zone: null };
      const { refreshToken } = await inTransaction((tx) => startVisitor(tx, place));
      return () => ({ refreshToken });
    },
  },
  updateContact: {
    by: customers,
    // Of a contact without a conversation no event tells: nobody but themself sees them.
    prepare: async (scene, by) => {
      await openFor(scene, by);
      const { dice } = scene;
      return () => ({
        ...dice.pick([{}, { name: dice.pick(["Hannah Berg", "Мария", '<b>Bo</b> & "Co"']) }]),
        ...dice.pick([{}, { email: `${newId()}@mail.example` }]),
        attributes: { plan: dice.pick(["free", "pro", null]), seats: dice.between(0, 9), is_new: dice.happens(0.5) },
      });
    },
  },
  identifyVisitor: {
    exempt:
      "It ends the visit that asks, and so whoever would look on as that visitor; its events are updateContact's.",
  },
  endVisit: {
    exempt: "It ends the visit that asks, and so whoever would look on as that visitor, and tells of nothing.",
  },
  ...actScenarios,
  ...commandScenarios,
  ...roomScenarios,
  ...threadScenarios,
  ...reminderScenarios,
  ...taskScenarios,
  ...projectScenarios,
  ...workflowScenarios,
  ...settingsScenarios,
};

/** A move of a ticket, from any status that it may be made from, or to where the ticket is already. */
function moving(made: Move): Scenario {
  return {
    by: staff,
    prepare: async (scene) => {
      const id = await scene.conversationOf(scene.dice.pick(customers));
      await bringTo(scene, id, scene.dice.pick([...MOVES[made].from, MOVES[made].to]));
      return () => ({ conversationId: globalId("Conversation", id) });
    },
  };
}

const texts = [
  "Is the lamp in stock?",
  "Line one\nline two\n\nline four",
  '<b>bold</b> & "quoted" \'too\' </li><li id="m-1">',
  "Здравствуйте, лампа не горит",
  "שלום \u202e reversed \u2066 isolated",
  "👩‍👩‍👧‍👦 ".repeat(30),
  "x".repeat(10_000),
  "data: none\n\nevent: reload\r\rid: 1",
  "@ann @ben @here, **@ирина** look",
  "/help\n/topic Lamps /resolve",
];

function someText(dice: Dice): string {
  return dice.pick(texts);
}

/** What is wrong with the table above: a mutation that it lacks, or one that is none. */
export function missingScenarios(): string[] {
  const mutations = Object.keys(schema.getMutationType()!.getFields());
  return [
    ...mutations
      .filter((name) => !scenarios[name])
      .map(
        (name) =>
          `The mutation ${name} has no scenario: add one in proofs/laws/scenarios.ts, or an exemption with its reason.`,
      ),
    ...Object.keys(scenarios)
      .filter((name) => !mutations.includes(name))
      .map((name) => `The scenario ${name} is of no mutation: take it out of proofs/laws/scenarios.ts.`),
  ];
}
