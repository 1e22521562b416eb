import {
  type ASTVisitor,
  type FieldNode,
  type GraphQLCompositeType,
  GraphQLError,
  getNamedType,
  isCompositeType,
  isObjectType,
  isInterfaceType,
  Kind,
  type SelectionSetNode,
  type ValidationContext,
} from "graphql";
import { LONGEST_PAGE } from "../../chat/queries.ts";

/** The page that a connection gives when none is asked for. */
const DEFAULT_PAGE = 50;

/**
 * A rule that refuses an operation whose answer could hold more than `most` fields, were every page full. A page size in a
 * variable counts as the longest: what a document may cost must not depend on what comes with it.
 */
export function answerSizeRule(most: number): (context: ValidationContext) => ASTVisitor {
  return (context) => {
    const fragments = new Map<string, number>();
    return {
      OperationDefinition: (operation) => {
        const root = context.getSchema().getRootType(operation.operation) ?? undefined;
        const size = sizeOf(operation.selectionSet, root, { context, fragments });
        if (size <= most) return;
        const message = `The answer could hold ${size} fields; up to ${most} may be asked for.`;
        context.reportError(new GraphQLError(message, { nodes: operation }));
      },
    };
  };
}

type Walk = { context: ValidationContext; fragments: Map<string, number> };
type Parent = GraphQLCompositeType | undefined;

function sizeOf({ selections }: SelectionSetNode, parent: Parent, walk: Walk): number {
  let size = 0;
  for (const selection of selections) {
    if (selection.kind === Kind.FIELD) size += fieldSize(selection, parent, walk);
    else if (selection.kind === Kind.FRAGMENT_SPREAD) size += fragmentSize(selection.name.value, walk);
    else size += sizeOf(selection.selectionSet, typeNamed(selection.typeCondition?.name.value, walk) ?? parent, walk);
  }
  return size;
}

function fieldSize(field: FieldNode, parent: Parent, walk: Walk): number {
  const isIntrospection = field.name.value.startsWith("__");
  if (!field.selectionSet || isIntrospection) return 1;
  const hasFields = isObjectType(parent) || isInterfaceType(parent);
  const definition = hasFields ? parent.getFields()[field.name.value] : undefined;
  const type = definition && getNamedType(definition.type);
  const inside = sizeOf(field.selectionSet, isCompositeType(type) ? type : undefined, walk);
  return 1 + inside * (type?.name.endsWith("Connection") ? pageOf(field) : listOf(field));
}

/** Each fragment is counted once; one that holds itself counts as nothing here, since another rule refuses it. */
function fragmentSize(name: string, walk: Walk): number {
  const known = walk.fragments.get(name);
  if (known !== undefined) return known;
  walk.fragments.set(name, 0);
  const fragment = walk.context.getFragment(name);
  const size = fragment ? sizeOf(fragment.selectionSet, typeNamed(fragment.typeCondition.name.value, walk), walk) : 0;
  walk.fragments.set(name, size);
  return size;
}

function typeNamed(name: string | undefined, { context }: Walk): Parent {
  const type = name === undefined ? undefined : context.getSchema().getType(name);
  return isCompositeType(type) ? type : undefined;
}

function pageOf({ arguments: args = [] }: FieldNode): number {
  const asked = args.find(({ name }) => name.value === "first" || name.value === "last")?.value;
  if (!asked || asked.kind === Kind.NULL) return DEFAULT_PAGE;
  return asked.kind === Kind.INT ? Math.min(Number(asked.value), LONGEST_PAGE) : LONGEST_PAGE;
}

/** `nodes(ids:)` gives one for each id. */
function listOf({ arguments: args = [] }: FieldNode): number {
  const ids = args.find(({ name }) => name.value === "ids")?.value;
  if (!ids) return 1;
  return ids.kind === Kind.LIST ? Math.min(ids.values.length, LONGEST_PAGE) : LONGEST_PAGE;
}
