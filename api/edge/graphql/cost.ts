import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
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
 * What an operation costs at most, were every page full, and which fields of the root it calls how often. A page costs what is
 * asked of one of its rows as often as it has rows, and so does a list that leads on to others, as long as it may be; what may be of
 * several types, as the dearest of them.
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
  /** What each selection costs of a type, so that it is counted once however often a fragment of it is spread. */
  known: Map<SelectionSetNode, Map<string, number>>;
};

/** An object is of one type: what is asked of another one is not asked of it. */
function costOf(selected: SelectionSetNode, typeName: string, walk: Walk): number {
  const type = schema.getType(typeName);
  if (!isAbstractType(type)) return costOfObject(selected, typeName, walk);
  return Math.max(0, ...schema.getPossibleTypes(type).map(({ name }) => costOfObject(selected, name, walk)));
}

function costOfObject(selected: SelectionSetNode, typeName: string, walk: Walk): number {
  const known = walk.known.get(selected) ?? new Map<string, number>();
  walk.known.set(selected, known);
  const costs = () => selected.selections.map((selection) => selectionCost(selection, typeName, walk));
  const cost = known.get(typeName) ?? costs().reduce((one, other) => one + other, 0);
  known.set(typeName, cost);
  return cost;
}

function selectionCost(selection: SelectionNode, typeName: string, walk: Walk): number {
  if (selection.kind === Kind.FIELD) return fieldCost(selection, typeName, walk);
  const isSpread = selection.kind === Kind.FRAGMENT_SPREAD;
  const { selectionSet, typeCondition } = isSpread ? walk.fragments.get(selection.name.value)! : selection;
  return isOf(typeName, typeCondition?.name.value) ? costOfObject(selectionSet, typeName, walk) : 0;
}

function isOf(typeName: string, condition: string | undefined): boolean {
  if (condition === undefined || condition === typeName) return true;
  const [type, wanted] = [schema.getType(typeName), schema.getType(condition)];
  return isAbstractType(wanted) && isObjectType(type) && schema.isSubType(wanted, type);
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

function pageOf(field: FieldNode, walk: Walk): number {
  const asked = argumentOf(field, "first", walk) ?? argumentOf(field, "last", walk);
  // What is no page size is refused in execution, and so costs nothing there.
  return typeof asked === "number" ? Math.min(Math.max(0, asked), LONGEST_PAGE) : DEFAULT_PAGE;
}

/** `nodes(ids:)` gives one for each id; a list that is told whole says how many it holds at most, or may be taken for. */
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
