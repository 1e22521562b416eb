import { reader } from "./here.ts";

const headers = { "HX-Request": "true" };

/** Sends a form and answers null where it was taken, else why not. */
export async function sendForm(address: string, fields: Record<string, string>): Promise<string | null> {
  try {
    const answer = await fetch(address, { method: "POST", body: new URLSearchParams(fields), headers });
    if (answer.status === 204) return null;
    return answer.status === 422 ? await answer.text() : reader().words.actionFailed;
  } catch {
    return reader().words.actionFailed;
  }
}

/** Answers what stands at an address, for a part of the page; null where it cannot be had. */
export async function textAt(address: string): Promise<string | null> {
  try {
    const answer = await fetch(address, { headers });
    return answer.ok ? await answer.text() : null;
  } catch {
    return null;
  }
}
