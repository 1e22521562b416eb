import type { MessageVersion } from "../../prisma/generated/client/client.ts";
import { type Html, html } from "../html.ts";
import type { Reader } from "../reader.ts";
import { stamp } from "../stamp.ts";
import { prose } from "./prose.ts";

/** Answers what a message said before, the latest first. */
export function versionList(versions: readonly MessageVersion[], reader: Reader): Html {
  const items = versions.map(
    ({ body, writtenAt }) =>
      html`<li><p class="meta">${stamp(writtenAt, "since", reader)}</p><div class="prose" dir="auto">${prose(body)}</div></li>`,
  );
  return html`<ol class="versions">${items.toReversed()}</ol>`;
}
