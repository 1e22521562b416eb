import { readFileSync } from "node:fs";
import {
  type GraphQLNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isSpecifiedScalarType,
  isUnionType,
} from "graphql";
import { describe, expect, it } from "vitest";
import { schema, sdl } from "../../api/schema.ts";

const types = Object.values(schema.getTypeMap()).filter(
  (type) => !type.name.startsWith("__") && !isSpecifiedScalarType(type),
);

/** Everything of a type that a reader of the schema sees, by its path, with its description. */
function* parts(type: GraphQLNamedType): Generator<[string, string | null | undefined]> {
  yield [type.name, type.description];
  if (isEnumType(type)) for (const value of type.getValues()) yield [`${type.name}.${value.name}`, value.description];
  if (!isObjectType(type) && !isInterfaceType(type) && !isInputObjectType(type)) return;
  for (const field of Object.values(type.getFields())) {
    yield [`${type.name}.${field.name}`, field.description];
    for (const arg of "args" in field ? field.args : [])
      yield [`${type.name}.${field.name}(${arg.name}:)`, arg.description];
  }
}

describe("the schema", () => {
  it("describes every type, field, argument and value, in a sentence", () => {
    const all = types.flatMap((type) => [...parts(type)]);
    expect(all.length).toBeGreaterThan(150);
    expect(all.filter(([, description]) => !/\w.*[.)]$/s.test(description ?? "")).map(([path]) => path)).toEqual([]);
  });

  it("is the one that is committed and served", () => {
    expect(readFileSync("api/schema.graphql", "utf8")).toBe(sdl);
  });

  it("answers every mutation with a union of one payload and the refusals, each a UserError", () => {
    const mutations = Object.values(schema.getMutationType()!.getFields());
    expect(mutations.length).toBeGreaterThan(8);
    for (const { name, type } of mutations) {
      const result = schema.getType(`${name.charAt(0).toUpperCase()}${name.slice(1)}Result`);
      if (!isUnionType(result)) throw new Error(`${name} has no union of its own.`);
      expect(String(type)).toBe(`${result.name}!`);
      const [payload, ...refusals] = result.getTypes().toSorted((one) => (one.name.endsWith("Payload") ? -1 : 1));
      expect(payload!.name).toMatch(/Payload$/);
      expect(refusals.length).toBeGreaterThan(0);
      for (const refusal of refusals) expect(refusal.getInterfaces().map(String)).toContain("UserError");
    }
  });

  it("has no field in a payload that a UserError has too, so that one selection fits both", () => {
    const payloads = types.filter((type) => isObjectType(type) && type.name.endsWith("Payload"));
    for (const payload of payloads) {
      if (isObjectType(payload))
        expect(Object.keys(payload.getFields())).not.toEqual(expect.arrayContaining(["message"]));
    }
  });
});
