import { LitElement } from "lit";
import { complain } from "../page-api/complain.ts";

/** What every element of the chat is: one that fails says so, and throws nothing into the page. */
export class BesedaElement extends LitElement {
  protected override performUpdate(): void {
    try {
      super.performUpdate();
    } catch (fault) {
      complain(this, "failed", `this page has changed something that the chat needs. ${fault}`);
    }
  }
}
