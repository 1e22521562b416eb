import { beforeAll } from "vitest";
import { type Api, startApi } from "./api.ts";
import type { Credentials } from "./bearers.ts";

export let api: Api;

/** A running API, by whose doors tasks are made and asked for. */
export function setTaskApi(): void {
  beforeAll(async () => {
    api = await startApi();
  });
}

/** Runs a mutation as somebody, and answers what it told. */
export async function run(as: Credentials, name: string, input: object, fields: string) {
  const title = `${name[0]!.toUpperCase()}${name.slice(1)}`;
  const query = `mutation ($input: ${title}Input!) { ${name}(input: $input) {
    ... on ${title}Payload { ${fields} } ... on UserError { code path } } }`;
  const { data, errors } = await api.ask(as, query, { input });
  if (errors) throw new Error(JSON.stringify(errors));
  return data![name];
}

/** What a query told; throws where it told of an error. */
export async function asked(as: Credentials, query: string, variables: object = {}) {
  const { data, errors } = await api.ask(as, query, variables);
  if (errors) throw new Error(JSON.stringify(errors));
  return data!;
}
