import { readFileSync } from "node:fs";
import { getIntrospectionQuery } from "graphql";
import { beforeAll, describe, expect, it } from "vitest";
import { readDocument } from "../../api/edge/graphql/document.ts";
import known from "../../api/edge/graphql/known-documents.json" with { type: "json" };
import { newId } from "../../api/kernel/id.ts";
import { documentIds } from "../../widget/document-ids.ts";
import { documents } from "../../widget/documents.ts";
import { type Api, startApi } from "../support/api.ts";
import { doors } from "../support/line.ts";
import type { Credentials } from "../support/bearers.ts";
import { takeStock } from "../support/rows.ts";
import type { Answer } from "../support/socket.ts";
import { SHOP } from "../support/world.ts";

let api: Api;
let own: Credentials;

beforeAll(async () => {
  api = await startApi({ settings: { DOCUMENTS: "known" } });
  own = { origin: api.url };
});

const visit = () => ({ input: { inboxKey: api.world.inboxKey, clientId: newId(), locale: "en", zone: "Europe/Riga" } });

describe.each(doors)("over %s", (door) => {
  it.each([
    ["a visitor", () => api.as.hannah],
    ["a page of an inbox's site", () => ({ origin: SHOP })],
    ["a page of ours without a token", () => own],
  ])("%s may send no document of its own, and nothing is written", async (_who, as) => {
    const before = await takeStock();
    const document = `mutation ($input: StartVisitInput!) { startVisit(input: $input) { __typename } }`;
    for (const [query, variables] of [[document, visit()], ["{ __typename }"]] as [string, object?][]) {
      const { data, errors } = await api.through(door, as(), query, variables);
      expect(data).toBeUndefined();
      expect(errors![0]!.extensions).toEqual({ code: "PERSISTED_DOCUMENT_REQUIRED" });
    }
    expect(await takeStock()).toEqual(before);
  });

  it("a visitor may send what the widget sends, and a page of the shop may start a visit", async () => {
    expect((await api.through(door, api.as.hannah, documents.snapshot, nothingOpen)).errors).toBeUndefined();
    const { data } = await api.through(door, { origin: SHOP }, documents.startVisit, visit());
    expect(data!.startVisit.visit.accessToken).toMatch(/./);
  });

  it("an agent's token, from our own pages too, and a program without any send what they like", async () => {
    for (const as of [api.as.ann, { ...api.as.ann, ...own }, {}]) {
      expect((await api.through(door, as, "{ mine: __typename }")).data).toEqual({ mine: "Query" });
    }
  });
});

it("is refused with 403 over HTTP", async () => {
  expect((await api.ask(api.as.hannah, "{ __typename }")).status).toBe(403);
});

it("lets GraphiQL ask for the schema before it has a token", async () => {
  const query = getIntrospectionQuery({ schemaDescription: false, inputValueDeprecation: false });
  expect((await api.ask(own, query)).data!.__schema.queryType.name).toBe("Query");
});

/** The variables of the widget's snapshot while no conversation is open. */
const nothingOpen = { id: "", isOpen: false };

describe("a documentId", () => {
  const post = async (body: object, as: Credentials = api.as.hannah) => {
    const headers = { "content-type": "application/json", ...(as as Record<string, string>) };
    const response = await fetch(`${api.url}/graphql`, { method: "POST", headers, body: JSON.stringify(body) });
    return { status: response.status, body: (await response.json()) as Answer };
  };

  it("stands for its document over HTTP, by POST and GET", async () => {
    const documentId = documentIds.snapshot;
    expect((await post({ documentId, variables: nothingOpen })).body.data!.eventCursor).toMatch(/./);
    const query = new URLSearchParams({ documentId, variables: JSON.stringify(nothingOpen) });
    const response = await fetch(`${api.url}/graphql?${query}`, {
      headers: api.as.hannah as Record<string, string>,
    });
    expect(await response.json()).toHaveProperty("data.eventCursor");
  });

  it("stands for it over WebSocket, beside the empty query that the protocol wants", async () => {
    const socket = await api.connect(api.as.hannah);
    const payload = { query: "", documentId: documentIds.snapshot, variables: nothingOpen };
    socket.send({ id: "1", type: "subscribe", payload });
    await expect.poll(() => socket.received.find(({ id }) => id === "1")).toHaveProperty("payload.data.eventCursor");
  });

  it("is refused when it names no document", async () => {
    const { status, body } = await post({ documentId: "sha256:0" });
    expect([status, body.errors![0]!.extensions.code]).toEqual([400, "PERSISTED_DOCUMENT_NOT_FOUND"]);
  });

  it.each([
    ["beside a document", { documentId: "sha256:0", query: "{ __typename }" }],
    ["that is no text", { documentId: 1 }],
  ])("%s is refused", async (_what, request) => {
    const { status, body } = await post(request, api.as.ann);
    expect([status, body.errors![0]!.extensions.code]).toEqual([400, "BAD_REQUEST"]);
  });
});

describe("the known documents", () => {
  it("hold all that the widget sends now, each under the name that it sends", () => {
    for (const [question, id] of Object.entries(documentIds))
      expect(known).toHaveProperty([id], documents[question as keyof typeof documents]);
  });

  it("hold those that the documentation names", () => {
    const named = readFileSync("docs/api.md", "utf8").match(/sha256:[0-9a-f]{64}/g)!;
    for (const id of named) expect(known).toHaveProperty([id]);
  });

  it("all stay valid by the schema, the old ones too", () => {
    for (const text of Object.values(known)) expect(readDocument(text)).toHaveProperty("ready");
  });
});
