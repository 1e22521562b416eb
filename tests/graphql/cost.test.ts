import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { billOf, REQUEST_COST } from "../../api/edge/graphql/cost.ts";
import { operationOf, readDocument } from "../../api/edge/graphql/document.ts";

function bill(query: string, variables: Record<string, unknown> = {}) {
  const read = readDocument(query);
  if ("errors" in read) throw read.errors[0];
  return billOf(read.ready.document, operationOf(read.ready, null)!, variables);
}
const cost = (query: string, variables?: Record<string, unknown>) => bill(query, variables).cost - REQUEST_COST;

describe("a cost", () => {
  // biome-ignore format: a table, aligned
  it.each<[string, number, object?]>([
    ["{ viewer { id name } }",                                                 3],
    ["{ viewer { __typename } }",                                              2],
    ["{ conversations { nodes { id } } }",                                     1 + 50 * 2],
    ["{ conversations(first: 3) { nodes { id } } }",                           1 + 3 * 2],
    ["{ conversations(last: 3) { nodes { id } } }",                            1 + 3 * 2],
    ["{ conversations(first: 0) { nodes { id } } }",                           1],
    ["{ conversations(first: null) { nodes { id } } }",                        1 + 50 * 2],
    ["query ($n: Int) { conversations(first: $n) { nodes { id } } }",          1 + 3 * 2,    { n: 3 }],
    ["query ($n: Int) { conversations(first: $n) { nodes { id } } }",          1 + 50 * 2,   {}],
    ["query ($n: Int) { conversations(first: $n) { nodes { id } } }",          1 + 100 * 2,  { n: 1_000_000 }],
    ["query ($n: Int) { conversations(first: $n) { nodes { id } } }",          1,            { n: -1 }],
    ["query ($n: Int = 7) { conversations(first: $n) { nodes { id } } }",      1 + 7 * 2],
    ["{ conversations(first: 2) { nodes { messages(first: 5) { nodes { id } } } } }", 1 + 2 * (1 + (1 + 5 * 2))],
    ['{ nodes(ids: ["a", "b", "c"]) { id } }',                                 1 + 3],
    ["query ($ids: [ID!]!) { nodes(ids: $ids) { id } }",                       1 + 4,        { ids: ["a", "b", "c", "d"] }],
    ["{ agents { id name } }",                                                 5 + 20 * 2],
    ["{ conversations(first: 10) { nodes { unreadCount } } }",                 1 + 10 * (1 + 5)],
    ["{ rooms(first: 10) { nodes { room { memberCount } } } }",                1 + 10 * (1 + 1 + 5)],
    ["{ rooms(first: 2) { nodes { room { members { nodes { role } } } } } }",  1 + 2 * (1 + 1 + (1 + 50 * 2))],
    ["{ channels { nodes { name memberCount } } }",                            1 + 50 * (1 + 1 + 5)],
    ['{ task(key: "OPS-1") { assignees { id } labels { id } } }',             1 + (2 + 3) + (2 + 3)],
    ['{ task(key: "OPS-1") { watchers { id } checklist { id text } } }',      1 + (2 + 3) + (2 + 3 * 2)],
    ['{ task(key: "OPS-1") { subtasks { id } links { task { id } } } }',      1 + (2 + 200) + (3 + 100 * 2)],
    ["{ conversations(first: 2) { nodes { tasks { id } } } }",                1 + 2 * (1 + (5 + 50))],
    ["{ shippedWorkflows { workflow { states { key } moves { key } } } }",    1 + (1 + (1 + 10) + (1 + 15))],
    ['{ node(id: "x") { id ... on Task { title rank } ... on Agent { email } } }', 1 + 3],
    ['{ node(id: "x") { ... on Person { name } ... on Agent { email role } } }', 1 + 3],
    ['{ checkTaskFilter(filter: "due:today") { written } }',                  20 + 1],
    ["{ __schema { types { name fields { name } } } }",                        500],
    ['mutation { setTyping(input: { conversationId: "x", isTyping: true }) { __typename } }', 10 + 1],
    ['mutation { startVisit(input: { inboxKey: "x", clientId: "y" }) { __typename } }', 50 + 1],
  ])("of %s is %i", (query, points, variables) => {
    expect(cost(query, variables as Record<string, unknown>)).toBe(points);
  });

  /** Lists in lists: the page of each, and how many plain fields beside the next. */
  const lists = fc.array(
    fc.record({ page: fc.integer({ min: 0, max: 100 }), fields: fc.integer({ min: 1, max: 5 }) }),
    {
      minLength: 1,
      maxLength: 3,
    },
  );
  type Lists = { page: number; fields: number }[];
  type Shape = (index: number, page: number) => { page: string; inside: (text: string) => string };

  function write(levels: Lists, shape: Shape): string {
    return levels.reduceRight((inner, { page, fields }, index) => {
      const written = shape(index, page);
      const plain = Array.from({ length: fields }, (_, field) => `f${field}: id`).join(" ");
      const name = index === 0 ? "conversations" : "messages";
      const next = index === 0 || inner === "" ? inner : `conversation { ${inner} }`;
      return `${name}(first: ${written.page}) { nodes { ${written.inside(`${plain} ${next}`)} } }`;
    }, "");
  }
  const counted = (levels: Lists): number =>
    levels.reduceRight((inner, { page, fields }, index) => {
      const next = index === 0 || inner === 0 ? inner : inner + 1;
      return 1 + page * (1 + fields + next);
    }, 0);
  const plainly: Shape = (_index, page) => ({ page: String(page), inside: (text) => text });

  it("multiplies page by page, and is the same in variables and through fragments", () => {
    fc.assert(
      fc.property(lists, (levels) => {
        const points = counted(levels);
        expect(cost(`{ ${write(levels, plainly)} }`)).toBe(points);

        const declared = levels.map((_, index) => `$p${index}: Int`).join(", ");
        const variables = Object.fromEntries(levels.map(({ page }, index) => [`p${index}`, page]));
        const byVariable: Shape = (index) => ({ page: `$p${index}`, inside: (text) => text });
        expect(cost(`query (${declared}) { ${write(levels, byVariable)} }`, variables)).toBe(points);

        const fragments: string[] = [];
        const byFragment: Shape = (index, page) => ({
          page: String(page),
          inside: (text) => {
            fragments.push(`fragment f${index} on ${index === 0 ? "Conversation" : "Message"} { ${text} }`);
            return `...f${index}`;
          },
        });
        const spread = `{ ${write(levels, byFragment)} }`;
        expect(cost(`${spread} ${fragments.join(" ")}`)).toBe(points);
      }),
    );
  });

  it("takes no longer for fragments that hold each other many times over", () => {
    const chain = Array.from(
      { length: 60 },
      (_, index) => `fragment f${index} on Person { ...f${index + 1} ...f${index + 1} }`,
    );
    const points = cost(`{ viewer { ...f0 } } ${chain.join(" ")} fragment f60 on Person { id }`);
    expect(points).toBe(1 + 2 ** 60);
  });
});

describe("the calls of an operation", () => {
  const typing = 'setTyping(input: { conversationId: "x", isTyping: true }) { __typename }';

  it("are counted by field, whatever alias or fragment they stand behind", () => {
    const query = `mutation { a: ${typing} ...f ... on Mutation { c: ${typing} } } fragment f on Mutation { b: ${typing} }`;
    expect(bill(query).calls).toEqual(new Map([["setTyping", 3]]));
  });

  it("count once what stands twice under one key, since it is called once", () => {
    expect(bill(`mutation { ${typing} ...f ...f } fragment f on Mutation { ${typing} }`).calls).toEqual(
      new Map([["setTyping", 1]]),
    );
  });
});
