import { describe, expect, it } from "vitest";
import { framesOf, type Run, withPayload } from "../../api/edge/graphql/frame.ts";
import { packPayload } from "../../api/edge/graphql/payload.ts";

/** What a reader of RFC 6455 makes of one unmasked frame. */
function read(frame: Buffer): { isWholeText: boolean; text: string; rest: number } {
  const short = frame[1]!;
  const [start, length] =
    short === 127 ? [10, Number(frame.readBigUInt64BE(2))] : short === 126 ? [4, frame.readUInt16BE(2)] : [2, short];
  return {
    isWholeText: frame[0] === 0x81,
    text: frame.toString("utf8", start, start + length),
    rest: frame.length - start - length,
  };
}

const made = (id: string, ...results: string[]) => {
  const payloads = results.map((result) => packPayload("cursor", result));
  return framesOf(payloads.reduce<Run | undefined>(withPayload, undefined)!, id);
};
const frameOf = (id: string, result: string) => read(made(id, result));

describe("a next message's frame", () => {
  it.each([1, 90, 125, 126, 65_000, 66_000])("is one whole text frame around a payload of %i characters", (length) => {
    const payload = JSON.stringify("я".repeat(length));
    const { isWholeText, text, rest } = frameOf("first", payload);
    expect(isWholeText).toBe(true);
    expect(rest).toBe(0);
    expect(JSON.parse(text)).toEqual({ id: "first", type: "next", payload: JSON.parse(payload) });
  });

  it("carries each subscriber's own id around the payload they share", () => {
    const ids = ["a", "b", "longer", "c", 'with "quotes"', "ä"];
    expect(ids.map((id) => JSON.parse(frameOf(id, "{}").text).id)).toEqual(ids);
  });

  it("stays as it was when the next one is made", () => {
    const first = made("a", '{"data":1}');
    made("b", '{"data":1}');
    made("b", '{"data":2}');
    expect(JSON.parse(read(first).text)).toEqual({ id: "a", type: "next", payload: { data: 1 } });
  });
});
