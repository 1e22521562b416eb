import { describe, expect, it } from "vitest";
import { entryChange, statusChange } from "../../portal/conversation/changes.ts";
import { AS_SENT, type Entry, type MessageEntry, threadEntry } from "../../portal/conversation/entry.ts";
import { threadLines } from "../../portal/conversation/pane.ts";
import { conversationRow } from "../../portal/inbox/row.ts";
import { avatar } from "../../portal/person.ts";
import { readerFor, sharedReader } from "../../portal/reader.ts";

const hannah = { id: "h1", kind: "contact", name: "Hannah Lindqvist-Abernathy" } as const;
const ann = { id: "a1", kind: "agent", name: "Ann Kowalska" } as const;
const reader = readerFor({ locale: "en", zone: "UTC" });

function message(change: Partial<MessageEntry>): MessageEntry {
  return {
    kind: "message",
    id: "m1",
    seq: 1,
    author: ann,
    body: "Hello",
    mentions: [],
    isNote: false,
    at: new Date("2026-06-11T10:00:00Z"),
    clientId: "k1",
    became: AS_SENT,
    ...change,
  };
}

function classesOf(entries: Entry[]): (string | undefined)[] {
  return threadLines(entries, reader).map((line) => /class="([^"]*)"/.exec(line.text)?.[1]);
}

describe("a thread", () => {
  it("says author and time once for messages that follow each other", () => {
    const later = message({ id: "m2", seq: 2, at: new Date("2026-06-11T10:02:00Z") });
    expect(classesOf([message({}), later])).toEqual(["day", "msg", "msg cont"]);
  });

  it("never joins a private note to a reply", () => {
    expect(classesOf([message({}), message({ id: "m2", seq: 2, isNote: true })])).toEqual(["day", "msg", "msg note"]);
  });

  it("begins anew after a pause, another author, a move and midnight", () => {
    const at = (time: string) => new Date(`2026-06-${time}Z`);
    const move: Entry = { kind: "move", seq: 4, to: "open", by: null, at: at("11T10:07:00") };
    const entries = [
      message({}),
      message({ id: "m2", seq: 2, at: at("11T10:06:00") }),
      message({ id: "m3", seq: 3, author: hannah, at: at("11T10:06:30") }),
      move,
      message({ id: "m5", seq: 5, author: hannah, at: at("11T10:07:30") }),
      message({ id: "m6", seq: 6, author: hannah, at: at("12T00:00:30") }),
    ];
    expect(classesOf(entries)).toEqual(["day", "msg", "msg", "msg", "ev", "msg", "day", "msg"]);
  });

  it("says a due date where it is told of, before and after whatever else was changed", () => {
    const due = { at: new Date("2026-06-20T00:00:00Z"), kind: "date", zone: "UTC" } as const;
    const told = [
      { is: "type", to: "bug" },
      { is: "due", to: due },
      { is: "changed", what: "estimate" },
    ] as const;
    const line: Entry = { kind: "task", seq: 2, by: ann, at: new Date("2026-06-11T10:00:00Z"), told };
    const said = (locale: string) => {
      const [, text] = /<span dir="auto">(.*) · <time/.exec(
        threadEntry(line, readerFor({ locale, zone: "UTC" })).text,
      )!;
      return text!.replaceAll(/<[^>]*>/g, "");
    };
    expect(said("en")).toMatch(
      /^Ann Kowalska changed the type to Bug, set the due date to .*19.*, changed the estimate$/,
    );
    expect(said("ru")).toMatch(/^Теперь это ошибка; срок: 19.*; изменена оценка · Ann Kowalska$/);
  });

  it("is the same element pushed as in the page, for a reader of the same zone", () => {
    const [, inPage] = threadLines([message({})], reader);
    expect(entryChange("c1", message({}), sharedReader("en")).text).toContain(inPage!.text);
  });

  it("shows what people wrote as they wrote it, and runs none of it", () => {
    const line = threadEntry(message({ body: "<img onerror=x>\nשלום" }), reader).text;
    expect(line).toContain('<div class="prose" dir="auto"><p>&lt;img onerror=x&gt;\nשלום</p></div>');
  });

  it("shows marks, lists, code and links as such, and an address that could run something as text", () => {
    const shown = (body: string) =>
      /<div class="prose"[^>]*>(.*)<\/div><\/div><\/li>/s.exec(threadEntry(message({ body }), reader).text)?.[1];
    expect(shown("**bold** and `x < y`")).toBe("<p><b>bold</b> and <code>x &lt; y</code></p>");
    expect(shown("3. three\n4. four")).toBe('<ol start="3"><li>three</li><li>four</li></ol>');
    expect(shown("```\n<b>\n```")).toBe("<pre><code>&lt;b&gt;</code></pre>");
    const rel = 'target="_blank" rel="noopener noreferrer nofollow"';
    expect(shown("[us](mailto:a@b.example)")).toBe(`<p><a href="mailto:a@b.example" ${rel}>us</a></p>`);
    expect(shown("[us](javascript:alert(1))")).not.toContain("<a");
  });

  it("says of a note that it is private, in words", () => {
    expect(threadEntry(message({ isNote: true }), reader).text).toContain("Private note, team only");
    expect(threadEntry(message({}), reader).text).not.toContain("Private note");
  });
});

describe("a change of condition", () => {
  const change = { conversationId: "c1", contact: hannah, clientId: "k1" };

  it("leaves the composer alone unless it must close or open", () => {
    expect(statusChange({ ...change, to: "resolved" }, reader).text).toContain("#composer-place:has(.comp-closed)");
    expect(statusChange({ ...change, to: "closed" }, reader).text).toContain("#composer-place:has(form)");
  });
});

describe("a row of the list", () => {
  const row = {
    ...({ conversationId: "c1", number: 7, status: "open", contact: hannah, inboxName: "Shop" } as const),
    assignee: null,
    lastActivityAt: new Date("2026-06-11T10:00:00Z"),
    lastMessage: { author: ann, body: `${"x".repeat(159)}😀`, isNote: false },
  };

  it("does not cut a character in half", () => {
    expect(conversationRow(row, reader).text.isWellFormed()).toBe(true);
  });

  it("differs from the pushed one in its marks alone", () => {
    const marked = conversationRow(row, reader, { isCurrent: true, unreadCount: 2, hasDraft: true }).text;
    const plain = conversationRow(row, reader).text;
    expect(marked).not.toBe(plain);
    expect(marked.replace('class="cv new drafted"', 'class="cv"').replace(' aria-current="true"', " ")).toBe(plain);
  });
});

describe("a picture of a person", () => {
  it("shows the initials of the first two names, whole characters of any script", () => {
    const shown = (name: string) => />([^<]*)<\/span>/.exec(avatar({ id: "x", kind: "contact", name }).text)?.[1];
    expect([shown("Hannah Lindqvist-Abernathy"), shown("Ирина"), shown("𝒜da Lovelace")]).toEqual(["HL", "И", "𝒜L"]);
  });
});
