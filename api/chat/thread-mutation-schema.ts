import type { Thread as ThreadRow } from "../../prisma/generated/client/client.ts";
import { actorOf, builder, localId } from "../kernel/builder.ts";
import { InvalidInput, NotFound, NotPermitted, unwrap } from "../kernel/user-error.ts";
import { markThreadRead } from "./actions/mark-thread-read.ts";
import { setThreadFollowing } from "./actions/set-thread-following.ts";
import { Thread } from "./thread-schema.ts";

function threadPayload(title: string, description: string) {
  return builder.objectRef<{ thread: ThreadRow }>(`${title}Payload`).implement({
    description,
    fields: (t) => ({
      thread: t.field({ type: Thread, description: "The thread.", resolve: ({ thread }) => thread }),
    }),
  });
}

function resultOf(title: string) {
  return { name: `${title}Result`, description: "The thread, or why not." };
}

const SetThreadFollowingInput = builder.inputType("SetThreadFollowingInput", {
  description: "A thread to be followed, or not.",
  fields: (t) => ({
    threadId: t.id({ description: "Which." }),
    isFollowing: t.boolean({ description: "Whether the caller shall follow it." }),
  }),
});

const MarkThreadReadInput = builder.inputType("MarkThreadReadInput", {
  description: "How far the caller has read a thread.",
  fields: (t) => ({
    threadId: t.id({ description: "Which." }),
    seq: t.int({ description: "Up to this number, as in Message.seq. A mark never goes back." }),
  }),
});

builder.mutationFields((t) => ({
  setThreadFollowing: t.field({
    type: threadPayload("SetThreadFollowing", "The caller follows it, or does not."),
    description: "Lets the caller follow a thread, or stop. Nobody else is told. For staff.",
    args: { input: t.arg({ type: SetThreadFollowingInput, description: "Which, and whether." }) },
    errors: { types: [NotFound, NotPermitted], union: resultOf("SetThreadFollowing") },
    resolve: async (_root, { input }, context) => {
      const threadId = localId("Thread", input.threadId);
      const asked = { threadId, isFollowing: input.isFollowing };
      return { thread: unwrap(await setThreadFollowing(actorOf(context), asked), context.locale) };
    },
  }),
  markThreadRead: t.field({
    type: threadPayload("MarkThreadRead", "The mark was kept, if the caller takes part in the thread."),
    description:
      "Marks a thread read by the caller; its conversation has a mark of its own. Nobody is told. For staff.",
    args: { input: t.arg({ type: MarkThreadReadInput, description: "The mark." }) },
    errors: { types: [InvalidInput, NotFound, NotPermitted], union: resultOf("MarkThreadRead") },
    resolve: async (_root, { input }, context) => {
      const threadId = localId("Thread", input.threadId);
      return { thread: unwrap(await markThreadRead(actorOf(context), { threadId, seq: input.seq }), context.locale) };
    },
  }),
}));
