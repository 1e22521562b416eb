import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { gathering, joined } from "../../portal/gathering.ts";
import { html } from "../../portal/html.ts";
import { eventFrame, presenceFrame, saidFrame } from "../../portal/stream-frame.ts";

const line = (cursor: string, id: string) =>
  eventFrame(cursor, html`<hx-partial hx-target="#messages-k1" hx-swap="place"><li id="${id}">Hello</li></hx-partial>`);
const said = (cursor: string, seq: number) =>
  saidFrame(cursor, { conversationId: "k1", seq, at: 0, by: "a1", targets: [] });

describe("frames that come close together", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("go as one after the first, which goes at once", () => {
    const written: string[] = [];
    const { write } = gathering((frames) => written.push(frames));
    for (const id of ["m-1", "m-2", "m-3"]) write(line(id, id));
    expect(written).toEqual([line("m-1", "m-1")]);
    vi.advanceTimersByTime(100);
    expect(written).toHaveLength(2);
    expect(written[1]).toContain("m-2");
    expect(written[1]).toContain("m-3");
    vi.advanceTimersByTime(1_000);
    write(line("m-4", "m-4"));
    expect(written).toHaveLength(3);
  });

  it("wait longer in a flood, and not where somebody does one thing after another", () => {
    const waitsFor = (each: number) => {
      const at: number[] = [];
      const { write, stop } = gathering(() => at.push(Date.now()));
      for (let ms = 0; ms < 3_000; ms += 100 / each, vi.advanceTimersByTime(100 / each)) write("event: a\ndata: \n\n");
      stop();
      return Math.max(...at.map((one, index) => one - (at[index - 1] ?? one)));
    };
    expect(waitsFor(2)).toBe(100);
    expect(waitsFor(5)).toBe(500);
  });

  it("do not wait for what they are put into", () => {
    const written: string[] = [];
    const { write } = gathering((frames) => written.push(frames));
    write(line("c1", "m-1"));
    write(line("c2", "m-2"));
    write(
      eventFrame("c3", html`<hx-partial hx-target="#m-2" hx-swap="outerSync"><li id="m-2">Changed</li></hx-partial>`),
    );
    expect(written).toEqual([line("c1", "m-1"), line("c2", "m-2")]);
    vi.advanceTimersByTime(100);
    expect(written).toHaveLength(3);
  });

  it("do not wait for more than a reader may have waiting, and are not written to one who is gone", () => {
    const written: string[] = [];
    const { write, stop } = gathering((frames) => written.push(frames));
    write("event: a\ndata: \n\n");
    write(`event: b\ndata: ${"x".repeat(40_000)}\n\n`);
    expect(written).toHaveLength(2);
    write("event: c\ndata: \n\n");
    stop();
    vi.advanceTimersByTime(1_000);
    expect(written).toHaveLength(2);
  });
});

describe("frames joined", () => {
  it("are their markup, what else was told in its order, and the last cursor at the end", () => {
    const all = [line("c1", "m-1") + said("c1", 1), presenceFrame([]), line("c2", "m-2") + said("c2", 2)];
    const frames = joined(all).split("\n\n").slice(0, -1);
    expect(frames.map((frame) => frame.replace(/\n?data: .*/gs, ""))).toEqual([
      "",
      "event: said",
      "event: presence",
      "id: c2\nevent: said",
    ]);
    expect(frames[0]).toMatch(/m-1.*\n.*m-2/s);
  });
});
