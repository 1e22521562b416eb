import type { Written } from "./judge.ts";
import type { Scene } from "./scene.ts";

/** The texts of who is this device's customer now. Of whoever has signed out it need not know anything. */
export function writtenNow({ world, written, drafts }: Scene): readonly Written[] {
  const customer = world.device.customer();
  // A text is somebody's from when the device keeps it, or tells that it cannot.
  for (const one of written) one.of ??= customer;
  for (const [text, of] of drafts) drafts.set(text, of ?? customer);
  return written.filter(({ of }) => of === customer || of === null);
}

/** What is wrong with whose the messages are: a conversation holds what one customer wrote, under whichever visits. */
export function judgeCustomers({ world, written, owners, meant }: Scene): string | null {
  const customer = world.device.customer();
  const claimed = world.device.claimed();
  if (customer && claimed) {
    const before = owners.get(customer) ?? claimed;
    if (before !== claimed) return `${before} became ${claimed} without having been forgotten`;
    owners.set(customer, claimed);
  }
  for (const { named } of world.open()) if (customer && named) meant.add(`${customer} as customer-${named}`);
  for (const { id, visitor, messages } of world.server.talks) {
    const authors = messages.flatMap(({ body }) => written.find((one) => one.body === body)?.of ?? []);
    // The answer to a naming may come when the device is another customer's already.
    const nameOf = (author: string) =>
      owners.get(author) ?? (meant.has(`${author} as ${visitor}`) ? visitor.slice("customer-".length) : author);
    const names = new Set(authors.map(nameOf));
    if (names.size > 1) return `${id} of ${visitor} holds what ${[...names].join(" and ")} wrote`;
  }
  return null;
}

/** What is wrong once all has come to rest: nothing is left of who has signed out, and whom the pages name has the visit. */
export function judgeLeft(scene: Scene): string | null {
  const { world, written, drafts } = scene;
  const customer = world.device.customer();
  const unsent = written.find(({ body, of }) => of !== null && of !== customer && world.device.keeps(body));
  if (unsent) return `the device keeps ${unsent.body} of somebody who has signed out`;
  const draft = world.device.kept("draft").find((text) => (drafts.get(text) ?? customer) !== customer);
  if (draft) return `the device keeps ${draft} of somebody who has signed out`;
  for (const { number, session, named } of world.open()) {
    const foreign = session.view.unsent.find(({ body }) => !writtenNow(scene).some((one) => one.body === body));
    if (foreign) return `tab ${number} shows ${foreign.body} of somebody who has signed out`;
    // A tab without a conversation learns of an ended visit when somebody does something in it.
    const isMeant = named && session.view.threads.length > 0;
    if (isMeant && world.visitor() !== `customer-${named}`)
      return `tab ${number} names ${named}, and it is ${world.visitor()}`;
  }
  return null;
}
