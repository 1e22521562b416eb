import type { Api } from "./api.ts";
import type { Answer } from "./ask.ts";
import type { Keeping } from "./keeping.ts";
import type { Held, Input } from "./machine/state.ts";

/** Sends a message, where it is still what the device keeps; answers what came of it. */
export async function send({ api, keeping }: { api: Api; keeping: Keeping }, unsent: Held): Promise<Input> {
  const { clientId, body, talk, isBegun } = unsent;
  if (!(await keeping.confirm(unsent))) return { is: "sendOutdated" };
  if (isBegun) {
    const answer = await api.ask("sendMessage", { input: { conversationId: talk, clientId, body } });
    return answer.is === "done" ? { is: "sent", message: answer.value.sendMessage.message } : missed(answer);
  }
  const answer = await api.ask("startConversation", { input: { clientId, body } });
  if (answer.is !== "done") return missed(answer);
  return { is: "begun", conversation: answer.value.startConversation.conversation };
}

function missed(answer: Exclude<Answer<unknown>, { is: "done" }>): Input {
  return answer.is === "refused" ? { is: "sendRefused", refusal: answer.refusal } : { is: "sendFailed" };
}
