import { describe, expect, it } from "vitest";
import { html } from "../../portal/html.ts";
import { eventFrame, frameFor, packDelivery } from "../../portal/stream-frame.ts";

describe("a frame of the stream", () => {
  it("carries its cursor, and keeps every line end inside the data", () => {
    expect(eventFrame("c7", html`<p>${"one\r\ntwo\rthree\nfour"}</p>`)).toBe(
      "id: c7\ndata: <p>one\ndata: two\ndata: three\ndata: four</p>\n\n",
    );
  });

  it("cannot be ended by what people write", () => {
    const frame = eventFrame("c7", html`<p>${"\n\nevent: reload\ndata: x\n\n"}</p>`);
    expect(frame.split("\n").filter((line) => line !== "" && !/^(id|data): /.test(line))).toEqual([]);
    expect(frame.match(/\n\n/g)).toHaveLength(1);
  });

  it("brings the thread to those who have it open, and the row to everyone", () => {
    const packed = packDelivery({ conversationId: "k1", here: "row and line", elsewhere: "row" });
    expect([frameFor(packed, "k1"), frameFor(packed, "k2"), frameFor(packed, null)]).toEqual([
      "row and line",
      "row",
      "row",
    ]);
  });
});
