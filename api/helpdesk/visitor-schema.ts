import type { Contact as ContactRow } from "../../prisma/generated/client/client.ts";
import { Event, showEvent } from "../chat/event-schema.ts";
import { actorOf, builder } from "../kernel/builder.ts";
import { prisma } from "../kernel/database.ts";
import type { LoggedEvent } from "../kernel/log/event.ts";
import { InvalidInput, NotPermitted, OriginNotAllowed, unwrap, VisitEnded } from "../kernel/user-error.ts";
import { Contact } from "../people/schema.ts";
import { identifyVisitor } from "./actions/identify-visitor.ts";
import { leaveVisit } from "./actions/leave-visit.ts";
import { updateContact } from "./actions/update-contact.ts";
import { letIn, visitPayload } from "./mutation-schema.ts";

function findContact(workspaceId: string, id: string): Promise<ContactRow> {
  return prisma().contact.findUniqueOrThrow({ where: { workspaceId_id: { workspaceId, id } } });
}

showEvent<LoggedEvent<"contact.changed">>("contact.changed", "ContactChanged").implement({
  description: "More is known of whose conversation it is. Told in each of their conversations.",
  interfaces: [Event],
  fields: (t) => ({
    contact: t.field({
      type: Contact,
      description: "The customer as they are known now.",
      resolve: ({ workspaceId, payload }) => findContact(workspaceId, payload.contactId),
    }),
    merged: t.field({
      type: Contact,
      nullable: true,
      description: "The anonymous visitor who turned out to be them, and whose conversations are theirs now.",
      resolve: ({ workspaceId, payload: { mergedId } }) => (mergedId ? findContact(workspaceId, mergedId) : null),
    }),
  }),
});

const UpdateContactInput = builder.inputType("UpdateContactInput", {
  description: "What a visitor, or the site they are on, says of them. What is left out stays.",
  fields: (t) => ({
    name: t.string({ required: false, description: "What they are called: 1 to 100 characters." }),
    email: t.string({ required: false, description: "Their e-mail address. It is unverified and opens nothing." }),
    attributes: t.field({
      type: "Attributes",
      required: false,
      description: "Attributes to be set or, with null, taken away; at most 50 are kept, 4 kB in all.",
    }),
  }),
});

const UpdateContactPayload = builder.objectRef<{ contact: ContactRow }>("UpdateContactPayload").implement({
  description: "It is known now, or was already.",
  fields: (t) => ({
    contact: t.field({ type: Contact, description: "The customer.", resolve: ({ contact }) => contact }),
  }),
});

const IdentifyVisitorInput = builder.inputType("IdentifyVisitorInput", {
  description: "Who the visitor is, signed by their site.",
  fields: (t) => ({
    identityToken: t.string({
      description:
        "A JWT (HS256) signed with the inbox's identity secret: `sub`, the site's own id of them; `exp`, at most 7 days ahead; `name` and `email` if it likes.",
    }),
  }),
});

const EndVisitPayload = builder.objectRef<{ isEnded: boolean }>("EndVisitPayload").implement({
  description: "The visit is over.",
  fields: (t) => ({
    isEnded: t.exposeBoolean("isEnded", { description: "Always true: its tokens count for nothing any more." }),
  }),
});

builder.mutationFields((t) => ({
  updateContact: t.field({
    type: UpdateContactPayload,
    description: "Tells the team more of the visitor who asks; only a visitor may, and of themself.",
    args: { input: t.arg({ type: UpdateContactInput, description: "What is said." }) },
    errors: {
      types: [InvalidInput, NotPermitted],
      union: { name: "UpdateContactResult", description: "The customer, or why not." },
    },
    resolve: async (_root, { input }, context) => {
      const actor = actorOf(context);
      const { name, email, attributes } = input;
      const asked = { name: name ?? undefined, email: email ?? undefined, attributes: attributes ?? undefined };
      const { contactId } = unwrap(await updateContact(actor, asked), context.locale);
      return { contact: await findContact(actor.workspaceId, contactId) };
    },
  }),
  identifyVisitor: t.field({
    extensions: { cost: 50 },
    type: visitPayload("IdentifyVisitorPayload"),
    description:
      "Makes the visit that of the customer whom the site has signed for: a new one, whose tokens take the place of the old. What an anonymous visitor wrote goes along.",
    args: { input: t.arg({ type: IdentifyVisitorInput, description: "Who." }) },
    errors: {
      types: [InvalidInput, NotPermitted, OriginNotAllowed, VisitEnded],
      union: { name: "IdentifyVisitorResult", description: "The new visit, or why not." },
    },
    resolve: async (_root, { input }, context) =>
      letIn(context, unwrap(await identifyVisitor(actorOf(context), input), context.locale)),
  }),
  endVisit: t.field({
    type: EndVisitPayload,
    description: "Ends the visit of the visitor who asks, as when they sign out of the site.",
    errors: {
      types: [NotPermitted],
      union: { name: "EndVisitResult", description: "That it is over, or why not." },
    },
    resolve: async (_root, _args, context) => {
      unwrap(await leaveVisit(actorOf(context)), context.locale);
      return { isEnded: true };
    },
  }),
}));
