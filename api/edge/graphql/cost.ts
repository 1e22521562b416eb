import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValueNode,
} from "graphql";
import { LONGEST_PAGE } from "../../chat/queries.ts";
import { schema } from "../../schema.ts";
import type { Bill } from "../limits/rates.ts";

/** The page that a connection gives when none is asked for. */
const DEFAULT_PAGE = 50;

/** What any request costs before it is read, also one that is refused then. */
export const REQUEST_COST = 10;
/** What a field costs: one point, but for these and for those that say otherwise by `extensions: { cost }`. */
const MUTATION_COST = 10;
const SCHEMA_COST = 500;

type Variables = Record<string, unknown>;

/** Bills that hang on no variable. */
const fixed = new WeakMap<OperationDefinitionNode, Bill>();

/**
 * What an operation costs at most, were every page full, and which fields of the root it calls how often. A page costs what
 * is asked of one of its rows as often as it has rows.
 */
export function billOf(document: DocumentNode, operation: OperationDefinitionNode, variables: Variables): Bill {
  const known = fixed.get(operation);
  if (known) return known;
  const walk: Walk = { variables, reliesOnThem: false, fragments: new Map(), defaults: new Map(), known: new Map() };
  for (const part of document.definitions) {
    if (part.kind === Kind.FRAGMENT_DEFINITION) walk.fragments.set(part.name.value, part);
  }
  for (const { variable, defaultValue } of operation.variableDefinitions ?? []) {
    walk.defaults.set(variable.name.value, defaultValue);
  }
  const root = schema.getRootType(operation.operation)!.name;
  const cost = REQUEST_COST + costOf(operation.selectionSet, root, walk);
  const bill = { cost, calls: callsOf(operation.selectionSet, walk) };
  if (!walk.reliesOnThem) fixed.set(operation, bill);
  return bill;
}

type Walk = {
  variables: Variables;
  /** Whether a variable was looked at, so that the cost may be another one next time. */
  reliesOnThem: boolean;
  fragments: Map<string, FragmentDefinitionNode>;
  defaults: Map<string, ValueNode | undefined>;
  /** What each fragment costs, so that it is counted once however often it is spread. */
  known: Map<string, number>;
};

function costOf({ selections }: SelectionSetNode, typeName: string, walk: Walk): number {
  let cost = 0;
  for (const selection of selections) {
    if (selection.kind === Kind.FIELD) cost += fieldCost(selection, typeName, walk);
    else if (selection.kind === Kind.FRAGMENT_SPREAD) cost += fragmentCost(selection.name.value, walk);
    else cost += costOf(selection.selectionSet, selection.typeCondition?.name.value ?? typeName, walk);
  }
  return cost;
}

function fieldCost(field: FieldNode, typeName: string, walk: Walk): number {
  const name = field.name.value;
  if (name.startsWith("__")) return name === "__typename" ? 1 : SCHEMA_COST;
  const definition = definitionOf(name, typeName);
  const own = weightOf(definition, typeName);
  const type = getNamedType(definition.type);
  if (!field.selectionSet || !isCompositeType(type)) return own;
  const rows = type.name.endsWith("Connection") ? pageOf(field, walk) : listOf(field, definition, walk);
  return own + rows * costOf(field.selectionSet, type.name, walk);
}

function definitionOf(name: string, typeName: string): GraphQLField<unknown, unknown> {
  const type = schema.getType(typeName);
  if (isObjectType(type) || isInterfaceType(type)) return type.getFields()[name]!;
  throw new Error(`${typeName}.${name} passed validation and is not there.`);
}

function weightOf({ extensions }: GraphQLField<unknown, unknown>, typeName: string): number {
  if (typeof extensions.cost === "number") return extensions.cost;
  return typeName === schema.getMutationType()!.name ? MUTATION_COST : 1;
}

function fragmentCost(name: string, walk: Walk): number {
  const known = walk.known.get(name);
  if (known !== undefined) return known;
  const { selectionSet, typeCondition } = walk.fragments.get(name)!;
  const cost = costOf(selectionSet, typeCondition.name.value, walk);
  walk.known.set(name, cost);
  return cost;
}

function pageOf(field: FieldNode, walk: Walk): number {
  const asked = argumentOf(field, "first", walk) ?? argumentOf(field, "last", walk);
  // What is no page size is refused in execution, and so costs nothing there.
  return typeof asked === "number" ? Math.min(Math.max(0, asked), LONGEST_PAGE) : DEFAULT_PAGE;
}

/** `nodes(ids:)` gives one for each id; a list that is told whole says how many it may be taken for. */
function listOf(field: FieldNode, { extensions }: GraphQLField<unknown, unknown>, walk: Walk): number {
  const ids = argumentOf(field, "ids", walk);
  if (Array.isArray(ids)) return Math.min(ids.length, LONGEST_PAGE);
  return typeof extensions.rows === "number" ? extensions.rows : 1;
}

/** What comes for an argument, as far as counting needs it: a number, a list of whatever, or something else. */
function argumentOf({ arguments: given = [] }: FieldNode, name: string, walk: Walk): unknown {
  return countable(given.find((argument) => argument.name.value === name)?.value, walk);
}

function countable(value: ValueNode | undefined, walk: Walk): unknown {
  switch (value?.kind) {
    case Kind.INT:
      return Number(value.value);
    case Kind.LIST:
      return value.values;
    case Kind.VARIABLE: {
      const name = value.name.value;
      walk.reliesOnThem = true;
      return Object.hasOwn(walk.variables, name) ? walk.variables[name] : countable(walk.defaults.get(name), walk);
    }
    default:
      return undefined;
  }
}

/** How often each field of the root is called, under whatever alias; what stands twice under one key is called once. */
function callsOf(root: SelectionSetNode, { fragments }: Walk): Map<string, number> {
  const called = new Map<string, string>();
  const seen = new Set<string>();
  const gather = ({ selections }: SelectionSetNode) => {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) called.set((selection.alias ?? selection.name).value, selection.name.value);
      else if (selection.kind === Kind.INLINE_FRAGMENT) gather(selection.selectionSet);
      else if (!seen.has(selection.name.value)) {
        seen.add(selection.name.value);
        gather(fragments.get(selection.name.value)!.selectionSet);
      }
    }
  };
  gather(root);
  const calls = new Map<string, number>();
  for (const name of called.values()) calls.set(name, (calls.get(name) ?? 0) + 1);
  return calls;
}
