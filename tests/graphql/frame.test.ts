import { PassThrough, Writable } from "node:stream";
import { describe, expect, it } from "vitest";
import { type Run, withPayload, writeRun } from "../../api/edge/graphql/frame.ts";
import { packPayload } from "../../api/edge/graphql/payload.ts";

type Frame = { isWholeText: boolean; text: string };

/** What a reader of RFC 6455 makes of unmasked frames. */
function read(bytes: Buffer): Frame[] {
  if (bytes.length === 0) return [];
  const short = bytes[1]!;
  const [start, length] =
    short === 127 ? [10, Number(bytes.readBigUInt64BE(2))] : short === 126 ? [4, bytes.readUInt16BE(2)] : [2, short];
  const end = start + length;
  return [{ isWholeText: bytes[0] === 0x81, text: bytes.toString("utf8", start, end) }, ...read(bytes.subarray(end))];
}

const runOf = (...results: string[]) =>
  results.map((result) => packPayload("cursor", result)).reduce<Run | undefined>(withPayload, undefined)!;

/** The frames of a run as a stream is given them that takes them at once. */
function framesOf(id: string, ...results: string[]): Frame[] {
  const taken: Buffer[] = [];
  const quick = new Writable({
    write: (bytes, _encoding, done) => {
      taken.push(Buffer.from(bytes));
      done();
    },
  });
  writeRun(quick, runOf(...results), id);
  expect(taken).toHaveLength(1);
  return read(taken[0]!);
}

describe("a next message's frame", () => {
  it.each([1, 90, 125, 126, 65_000, 66_000])("is one whole text frame around a payload of %i characters", (length) => {
    const payload = JSON.stringify("я".repeat(length));
    const [frame, ...others] = framesOf("first", payload);
    expect(frame!.isWholeText).toBe(true);
    expect(others).toEqual([]);
    expect(JSON.parse(frame!.text)).toEqual({ id: "first", type: "next", payload: JSON.parse(payload) });
  });

  it("carries each subscriber's own id around the payload they share", () => {
    const ids = ["a", "b", "longer", "c", 'with "quotes"', "ä"];
    expect(ids.map((id) => JSON.parse(framesOf(id, "{}")[0]!.text).id)).toEqual(ids);
  });

  it("stands behind those of the payloads that waited longer, all in one write", () => {
    const frames = framesOf("a", '{"data":1}', '{"data":2}', '{"data":3}');
    expect(frames.map(({ text }) => JSON.parse(text))).toEqual(
      [1, 2, 3].map((data) => ({ id: "a", type: "next", payload: { data } })),
    );
  });

  it("stays as it was in a stream that keeps it, when the next one is made", () => {
    const slow = new PassThrough();
    slow.cork();
    for (const id of ["a", "b"]) writeRun(slow, runOf('{"data":1}'), id);
    slow.uncork();
    expect(read(slow.read()).map(({ text }) => JSON.parse(text).id)).toEqual(["a", "b"]);
  });
});

describe("a run", () => {
  it("is one for all who wait for the same", () => {
    expect(runOf("1", "2")).toBe(runOf("1", "2"));
    expect(runOf("1", "3")).not.toBe(runOf("1", "2"));
  });
});
