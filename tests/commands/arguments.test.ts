import { describe, expect, it } from "vitest";
import { command } from "../../api/commands/definition.ts";
import { readArguments } from "../../api/commands/read-arguments.ts";
import { mentions, text, words } from "../../api/commands/word-arguments.ts";
import { optional } from "../../api/commands/argument.ts";
import { callsIn, examples, MOSCOW, readOnly } from "./example-commands.ts";

/** What a call says, or what is wrong with it. */
function said(body: string) {
  const reading = readOnly(body);
  if (reading.ok) return reading.values;
  const { refusal, place, argument, expected, nearest } = reading;
  return { refusal, at: body.slice(place.offset, place.offset + place.length), argument, expected, nearest };
}

describe("the arguments of a call", () => {
  it.each([
    ["/assign @ben @Ирина", { agents: ["ben", "ирина"] }],
    ["/assign @ben, @ann,@cy", { agents: ["ben", "ann", "cy"] }],
    ["/assign @ben @Ben", { agents: ["ben"] }],
    ["/invite @ben please have a look", { agent: "ben", note: "please have a look" }],
    ["/invite @ben, please have a look", { agent: "ben", note: "please have a look" }],
    ["/parent ops-12,", { task: "OPS-12" }],
    ["/invite @ben", { agent: "ben", note: null }],
    ["/priority High", { priority: "high" }],
    ["/prio hi", { priority: "high" }],
    ["/приоритет Высокий", { priority: "high" }],
    ["/priority срочный", { priority: "urgent" }],
    ["/priority very urgent", { priority: "urgent" }],
    ['/priority "very urgent"', { priority: "urgent" }],
    ["/link blocks OPS-7 ops-08", { kind: "blocks", tasks: ["OPS-7", "OPS-8"] }],
    ["/link blocked by OPS-7", { kind: "blockedBy", tasks: ["OPS-7"] }],
    ["/parent ops-12", { task: "OPS-12" }],
    ["/estimate 1d 4h", { minutes: 1_680 }],
    ["/оценка 1,5 ч", { minutes: 90 }],
    ["/estimate 30мин", { minutes: 30 }],
    ['/label bug "very odd", later', { labels: ["bug", "very odd", "later"] }],
    ["/task Fix the  «odd» lamp", { title: "Fix the  «odd» lamp", isBug: false, isUrgent: false }],
    ["/task «Fix it»", { title: "Fix it", isBug: false, isUrgent: false }],
    ["/task Fix --bug the lamp --срочно", { title: "Fix the lamp", isBug: true, isUrgent: true }],
    ["/task Fix —bug", { title: "Fix", isBug: true, isUrgent: false }],
    ['/task "Fix --bug" --urgent', { title: "Fix --bug", isBug: false, isUrgent: true }],
    ["/task the //done command", { title: "the /done command", isBug: false, isUrgent: false }],
    ['/task "Fix", then rest', { title: '"Fix", then rest', isBug: false, isUrgent: false }],
    ["/topic lamps Of what shines", { room: "lamps", topic: "Of what shines" }],
    ["/due none", { none: "none", due: null }],
    ["/due 2026-12-25", { none: null, due: { kind: "date", date: "2026-12-25" } }],
    ["/done", {}],
  ])("are read by what is declared: %s", (body, values) => {
    expect(said(body)).toEqual(values);
  });

  it("are an instant in words and the text behind it", () => {
    expect(said("/remind me tomorrow at 18:00 call Ben")).toEqual({
      who: "me",
      at: { kind: "instant", at: new Date("2026-11-24T15:00:00Z") },
      text: "call Ben",
    });
    expect(said("/напомнить мне завтра, позвонить Бену")).toEqual({
      who: "me",
      at: { kind: "date", date: "2026-11-24" },
      text: "позвонить Бену",
    });
    expect(said("/remind me in 3 days at 10am call Ben")).toEqual({
      who: "me",
      at: { kind: "instant", at: new Date("2026-11-26T07:00:00Z") },
      text: "call Ben",
    });
    expect(said("/напомнить мне через 2 часа и 30 минут позвонить")).toEqual({
      who: "me",
      at: { kind: "instant", at: new Date("2026-11-23T15:00:00Z") },
      text: "позвонить",
    });
    expect(said('/remind "tomorrow" "at 18:00"')).toEqual({
      who: null,
      at: { kind: "date", date: "2026-11-24" },
      text: "at 18:00",
    });
  });

  // biome-ignore format: a table, aligned
  it.each([
    ["/priority",            { refusal: "argument_missing",    at: "",        argument: "priority", expected: "choice",   nearest: null }],
    ["/link blocks",         { refusal: "argument_missing",    at: "",        argument: "tasks",    expected: "keys",     nearest: null }],
    ["/priority hihg",       { refusal: "argument_invalid",    at: "hihg",    argument: "priority", expected: "choice",   nearest: "high" }],
    ["/priority высокии",    { refusal: "argument_invalid",    at: "высокии", argument: "priority", expected: "choice",   nearest: "высокий" }],
    ["/priority blue",       { refusal: "argument_invalid",    at: "blue",    argument: "priority", expected: "choice",   nearest: null }],
    ["/assign ben",          { refusal: "argument_invalid",    at: "ben",     argument: "agents",   expected: "mentions", nearest: null }],
    ['/assign "@ben"',       { refusal: "argument_invalid",    at: '"@ben"',  argument: "agents",   expected: "mentions", nearest: null }],
    ["/assign @ben ann",     { refusal: "argument_unexpected", at: "ann",     argument: null,       expected: null,       nearest: null }],
    ["/link blocks 7",       { refusal: "argument_invalid",    at: "7",       argument: "tasks",    expected: "keys",     nearest: null }],
    ["/estimate long",       { refusal: "argument_invalid",    at: "long",    argument: "minutes",  expected: "duration", nearest: null }],
    ["/estimate 99999w",     { refusal: "argument_invalid",    at: "99999w",  argument: "minutes",  expected: "duration", nearest: null }],
    ["/due someday",         { refusal: "argument_invalid",    at: "someday", argument: "due",      expected: "instant",  nearest: null }],
    ["/due tomorrow at 25:00", { refusal: "argument_invalid", at: "tomorrow at 25:00", argument: "due", expected: "instant", nearest: null }],
    ["/remind me in 2 hours at 10am call", { refusal: "argument_invalid", at: "in 2 hours at 10am", argument: "at", expected: "instant", nearest: null }],
    ["/напомнить завтра днём позвонить", { refusal: "argument_invalid", at: "завтра днём", argument: "at", expected: "instant", nearest: null }],
    ["/remind me somehow",   { refusal: "argument_invalid",    at: "somehow", argument: "at",       expected: "instant",  nearest: null }],
    ["/done now",            { refusal: "argument_unexpected", at: "now",     argument: null,       expected: null,       nearest: null }],
    ["/done --x",            { refusal: "argument_unexpected", at: "--x",     argument: null,       expected: null,       nearest: null }],
  ])("are refused where they are none: %s", (body, refused) => {
    expect(said(body)).toEqual(refused);
  });

  it("are typed as they are declared", () => {
    const [{ call }] = callsIn("/link blocks OPS-7") as [ReturnType<typeof callsIn>[number]];
    const reading = readArguments(examples.link, call, MOSCOW);
    if (!reading.ok) throw new Error(reading.refusal);
    const kind: "blocks" | "blockedBy" | "relates" = reading.values.kind;
    const [task] = reading.values.tasks satisfies string[];
    expect([kind, task]).toEqual(["blocks", "OPS-7"]);
  });
});

describe("a command", () => {
  const name = { en: "odd", ru: "нечет" };

  it("is not declared with arguments that would be read as one another", () => {
    expect(() => command({ name, args: { one: mentions(name), other: mentions(name) } })).toThrow("/odd");
    expect(() => command({ name, args: { one: words(name), other: mentions(name) } })).toThrow("/odd");
    expect(() => command({ name, args: { one: optional(text(name)), other: mentions(name) } })).toThrow("/odd");
  });
});
