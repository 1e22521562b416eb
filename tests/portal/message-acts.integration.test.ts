import { describe, expect, it } from "vitest";
import { findReactions } from "../../api/chat/act-queries.ts";
import { findMessage } from "../../api/chat/queries.ts";
import { edit, pin, remove, sign } from "../support/acts.ts";
import { ann, api, ben, conversation, irina, pageOf, setScene, settled } from "../support/portal-scene.ts";
import { say } from "../support/story.ts";
import { asHtmx } from "./portal-browser.ts";

setScene();

async function said(body = "The lamp flickers") {
  return say(api.world.ann, await conversation(), body);
}

describe("what becomes of a message", () => {
  it("is done by plain forms, which lead back to the conversation", async () => {
    const { id, conversationId } = await said();
    const answers = [
      await ann.post(`/portal/messages/${id}/text`, { body: "It is\r\nfine" }),
      await ann.post(`/portal/messages/${id}/reactions`, { emoji: "👍" }),
      await ann.post(`/portal/messages/${id}/pin`, { isPinned: "true" }),
    ];
    for (const { status, headers } of answers)
      expect([status, headers.get("location")]).toEqual([303, pageOf(conversationId)]);
    const { text } = await irina.get(pageOf(conversationId));
    expect(text).toContain("<p>It is\nfine</p>");
    expect(text).toContain(`data-whose="${api.world.ann.agentId}"`);
    expect(text).toContain('<ul class="pins">');
    await ann.post(`/portal/messages/${id}/reactions`, { emoji: "👍" });
    expect(await findReactions(api.world.workspaceId, [id])).toEqual(new Map());
    await ann.post(`/portal/messages/${id}/deletion`, {});
    const after = (await irina.get(pageOf(conversationId))).text;
    expect(after).toContain("Это сообщение удалено");
    expect(after).not.toContain('<ul class="pins">');
  });

  it("is answered without a page for a script, and refused in words", async () => {
    const { id } = await said();
    expect((await ann.post(`/portal/messages/${id}/text`, { body: "Fine" }, asHtmx)).status).toBe(204);
    const blank = await ann.post(`/portal/messages/${id}/text`, { body: " " }, asHtmx);
    expect([blank.status, blank.text]).toEqual([422, "Write something first."]);
    const others = await irina.post(`/portal/messages/${id}/text`, { body: "Fine" }, asHtmx);
    expect([others.status, others.text]).toEqual([422, "Вам это не разрешено."]);
  });

  it("shows an earlier text to whoever sees the message, and to nobody else", async () => {
    const message = await said("First <b>");
    await edit(api.world.ann, message, "Second");
    expect((await irina.get(`/portal/messages/${message.id}/versions`, asHtmx)).text).toContain("First &lt;b&gt;");
    expect((await irina.get(`/portal/messages/${message.id}/text`)).text).toBe("Second");
    for (const way of ["versions", "text"])
      expect((await ben.get(`/portal/messages/${message.id}/${way}`)).status).toBe(404);
    expect((await ben.post(`/portal/messages/${message.id}/reactions`, { emoji: "👍" })).status).toBe(404);
    expect((await findMessage(api.world.ann, message.id))?.body).toBe("Second");
  });

  it("is pushed as the message's line, into the pinned ones and the list", async () => {
    const message = await said();
    await settled();
    const cursor = /hx-sse:connect="[^"]*after=([\w-]+)/.exec(
      (await irina.get(pageOf(message.conversationId))).text,
    )![1]!;
    await sign(api.world.irina, message, "🎉");
    await pin(api.world.irina, message);
    await remove(api.world.ann, message);
    const address = `/portal/stream?conversation=${message.conversationId}&after=${cursor}`;
    const frames = await irina.stream(address, (all) => all.length >= 4);
    for (const frame of frames.slice(0, 3)) expect(frame).toContain(`hx-target="#m-${message.id}" hx-swap="outerSync"`);
    expect(frames[1]).toContain("#details #pinned");
    expect(frames[2]).toContain("<bdi>Это сообщение удалено</bdi>");
    expect(frames[3]).toContain("event: unread");
  });

  it("finds emoji by what they are called", async () => {
    for (const asked of ["Light bulb", ":bul", "bulb"])
      expect((await ann.get(`/portal/emoji?q=${asked}`, asHtmx)).text).toContain('data-emoji="💡"');
    for (const asked of ["%3Cb%3E", "qqq"])
      expect((await ann.get(`/portal/emoji?q=${asked}`, asHtmx)).text).toContain("None is called so");
  });
});
