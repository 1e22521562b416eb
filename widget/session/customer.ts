import type { Refusal } from "../operations.ts";
import type { Api } from "./api.ts";
import { claimOf, isSameSubject } from "./claim.ts";
import type { Outside } from "./outside.ts";
import type { Profile, Said } from "./said.ts";
import type { VisitKeeper } from "./visit-keeper.ts";

/** Who the customer says they are. */
export interface Self {
  readonly email: string;
  readonly name?: string;
}

export interface CustomerSettings {
  readonly inboxKey: string;
  readonly api: Api;
  readonly visit: VisitKeeper;
  readonly said: Said;
  onRefusal(refusal: Refusal): void;
}

/** Who the customer is, as they and the page say: told once in each visit, however often it is said. */
export interface Customer {
  /** The customer says who they are: asked once in a visit, kept until it is told. */
  introduce(self: Self): void;
  isIntroduced(): boolean;
  /** Whether the page says that it is somebody else than this device's customer. */
  isAnother(): boolean;
  /** Whether the page has named them, and the visit is not theirs yet. */
  isNamed(): boolean;
  /** Tells what was said and has not arrived, one tab at a time; answers whether all has. A token starts a visit where there is none; of whoever merely looks at a page nobody is told. */
  tell(): Promise<boolean>;
}

export function openCustomer({ store, exclusively }: Outside, settings: CustomerSettings): Customer {
  const { inboxKey, api, visit, said, onRefusal } = settings;
  const selfKey = `beseda:${inboxKey}:introduction`;
  /** The token of which it was said that it did not arrive, or that it is no good. */
  let complained: string | undefined;
  let refused: string | undefined;

  const identify = async (token: string): Promise<boolean> => {
    const answer = await api.ask("identifyVisitor", { input: { identityToken: token } });
    // Another tab was first: whose visit it is now is looked at again.
    if (answer.is === "refused" && answer.refusal.code === "VisitEnded") return false;
    if (answer.is === "done") visit.claim(answer.value.identifyVisitor.visit, claimOf(token));
    else if (answer.is === "refused") onRefusal(answer.refusal);
    else if (complained !== token)
      onRefusal({ code: "not_identified", says: "the customer could not be identified yet." });
    complained = token;
    // What is refused will be refused again.
    if (answer.is === "refused") refused = token;
    return answer.is === "done" || answer.is === "refused";
  };
  const update = async (profile: Profile): Promise<boolean> => {
    const answer = await api.ask("updateContact", { input: profile });
    if (answer.is === "refused") onRefusal(answer.refusal);
    return answer.is === "done" || answer.is === "refused";
  };
  const tellAll = async (): Promise<boolean> => {
    if (customer.isAnother() || (customer.isNamed() && !(await identify(said.token!)))) return false;
    const kept = visit.current();
    if (!kept) return true;
    const self = store.read(selfKey);
    if (self) {
      if (!(await update(JSON.parse(self) as Self))) return false;
      visit.note(kept.id, { isIntroduced: true });
      if (store.read(selfKey) === self) store.remove(selfKey);
    }
    const profile = JSON.stringify(said.profile);
    if (profile === "{}" || profile === visit.current()?.profile) return true;
    if (!(await update(said.profile))) return false;
    visit.note(kept.id, { profile });
    return true;
  };
  let telling: Promise<boolean> | null = null;
  const customer: Customer = {
    introduce: (self) => store.write(selfKey, JSON.stringify(self)),
    isIntroduced: () => Boolean(visit.current()?.isIntroduced || store.read(selfKey)),
    isNamed() {
      const { token } = said;
      return Boolean(token && token !== refused && claimOf(token) !== visit.current()?.claim);
    },
    isAnother() {
      const claim = visit.named();
      return Boolean(claim && said.token && !isSameSubject(claim, claimOf(said.token)));
    },
    tell() {
      telling ??= exclusively(`beseda:${inboxKey}:tell`, tellAll).finally(() => {
        telling = null;
      });
      return telling;
    },
  };
  return customer;
}
