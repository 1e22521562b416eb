import type { Refusal } from "../operations.ts";
import type { Api } from "./api.ts";
import { claimOf, isSameSubject } from "./claim.ts";
import type { Introduction } from "./introduction.ts";
import type { Outside } from "./outside.ts";
import type { VisitKeeper } from "./visit-keeper.ts";

/** What a page says of the customer. */
export interface Profile {
  readonly name?: string | undefined;
  readonly email?: string | undefined;
  readonly attributes?: Readonly<Record<string, string | number | boolean | null>>;
}

export interface CustomerSettings {
  readonly inboxKey: string;
  readonly api: Api;
  readonly visit: VisitKeeper;
  readonly introduction: Introduction;
  onRefusal(refusal: Refusal): void;
}

/** Who the customer is, as they or the page say: told to the API once, however often it is said. */
export interface Customer {
  /** The page says something of them. It is told when there is a visit: whoever merely looks at a page is told of to nobody. */
  say(profile: Profile): void;
  /** Tells what was said and has not arrived. */
  tell(): Promise<void>;
  /** Makes the visit that of whom the token is for, and starts one where there is none. Answers whether it is another one now. */
  identify(token: string): Promise<boolean>;
  /** Ends the visit at the API, and forgets it here with all that belongs to it. */
  leave(): Promise<void>;
}

export function openCustomer({ store, shelf }: Outside, settings: CustomerSettings): Customer {
  const { inboxKey, api, visit, introduction, onRefusal } = settings;
  const prefix = `beseda:${inboxKey}:`;
  const [toldKey, claimKey] = [`${prefix}told`, `${prefix}claim`];
  let said: Profile = {};

  const update = async (profile: Profile): Promise<boolean> => {
    const answer = await api.ask("updateContact", { input: profile });
    if (answer.is === "refused") onRefusal(answer.refusal);
    // What is refused will be refused again.
    return answer.is === "done" || answer.is === "refused";
  };
  const customer: Customer = {
    say(profile) {
      const attributes = profile.attributes && { ...said.attributes, ...profile.attributes };
      said = { ...said, ...profile, ...(attributes && { attributes }) };
      void customer.tell();
    },
    async tell() {
      if (!visit.current()) return;
      const self = introduction.untold();
      if (self && (await update(self))) introduction.told();
      const text = JSON.stringify(said);
      if (text !== "{}" && text !== store.read(toldKey) && (await update(said))) store.write(toldKey, text);
    },
    async identify(token) {
      const claim = claimOf(token);
      const claimed = store.read(claimKey);
      if (claimed === claim && visit.current()) return false;
      // What one customer has not sent yet must not be sent by the next.
      if (claimed && !isSameSubject(claimed, claim)) await customer.leave();
      const answer = await api.ask("identifyVisitor", { input: { identityToken: token } });
      if (answer.is === "refused") onRefusal(answer.refusal);
      if (answer.is !== "done") return false;
      visit.replace(answer.value.identifyVisitor.visit);
      store.write(claimKey, claim);
      store.remove(toldKey);
      return true;
    },
    async leave() {
      said = {};
      if (visit.current()) await api.ask("endVisit", {});
      visit.replace(null);
      for (const key of [toldKey, claimKey, `${prefix}introduction`]) store.remove(key);
      await shelf.remove([...(await shelf.read(prefix)).keys()]);
    },
  };
  return customer;
}
