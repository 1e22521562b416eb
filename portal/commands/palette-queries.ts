import { type Preview, previewCommands } from "../../api/commands/preview.ts";
import { type Suggestions, suggestCommands } from "../../api/commands/suggest.ts";
import type { AgentActor } from "../../api/kernel/actor.ts";
import { newId } from "../../api/kernel/id.ts";
import { readFaces } from "./queries.ts";
import type { Faces } from "./suggestions.ts";

/** What is written in the palette, and where it would be carried out. */
type Written = { conversationId: string; text: string; caret: number };

/** What the palette says of commands that are written in it. */
export type PaletteCommands = Written & {
  found: Suggestions;
  faces: Faces;
  previews: readonly Preview[];
  /** Under which they are run: once, however often that is asked. */
  clientId: string;
};

/** Reads what can be written there, and what would come of what is written; null where the agent may give no commands. */
export async function readPaletteCommands(agent: AgentActor, written: Written): Promise<PaletteCommands | null> {
  const [found, previews] = await Promise.all([suggestCommands(agent, written), previewCommands(agent, written)]);
  if (!found) return null;
  return { ...written, found, previews, faces: await readFaces(agent.workspaceId, found), clientId: newId() };
}
