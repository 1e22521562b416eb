import { newId } from "../../api/kernel/id.ts";
import { globalId } from "../../tests/support/ids.ts";
import { openFor } from "./open-for.ts";
import type { Scenario } from "./scenarios.ts";
import { staff } from "./scene.ts";

/** Some work in conversations with customers alone, some in rooms or in tasks alone, some everywhere, and the last nowhere. */
const LINES = [
  "/assign @ann",
  "/assign @ирина /resolve",
  "/unassign",
  "/note Halden",
  "/topic Lamps",
  "/bug Halden flickers",
  "/start /assign @ann /label Brass /checklist Halden",
  "/status backlog\n/priority high /due tomorrow /title Halden",
  "/help /nothing",
];

/** A scenario for each mutation of commands. */
export const commandScenarios: Record<string, Scenario> = {
  runCommand: {
    by: staff,
    prepare: async (scene, by) => {
      const conversationId = globalId("Conversation", await openFor(scene, by));
      return () => ({ conversationId, text: scene.dice.pick(LINES), clientId: newId() });
    },
  },
};
