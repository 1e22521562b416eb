import { createHash } from "node:crypto";
import { maxAliasesRule } from "@escape.tech/graphql-armor-max-aliases";
import { maxDepthRule } from "@escape.tech/graphql-armor-max-depth";
import { maxDirectivesRule } from "@escape.tech/graphql-armor-max-directives";
import {
  type DocumentNode,
  GraphQLError,
  getOperationAST,
  type OperationDefinitionNode,
  parse,
  specifiedRules,
  TypeInfo,
  type ValidationContext,
  type ValidationRule,
  validate,
  visit,
  visitWithTypeInfo,
} from "graphql";
import { schema } from "../../schema.ts";

/** The longest document, in characters, and how many parsed ones are kept. */
const LONGEST = 20_000;
const KEPT = 1_000;

/** Limits that every transport applies alike: nothing of a document that breaks one is executed. */
export const LIMITS = { depth: 12, aliases: 30, directives: 20, tokens: 2_000, cost: 50_000 };

/** Reported like any rule's finding. Without `onReject` the limits would find and say nothing. */
const quiet = {
  exposeLimits: true,
  propagateOnRejection: false,
  onReject: [(context: ValidationContext | null, error: GraphQLError) => context?.reportError(error)],
};
/** Looked at first: some of the specification's own rules take time that grows with the square of a document. */
const limits = [
  maxDepthRule({ n: LIMITS.depth, flattenFragments: true, ...quiet }),
  maxAliasesRule({ n: LIMITS.aliases, ...quiet }),
  maxDirectivesRule({ n: LIMITS.directives, ...quiet }),
] as ValidationRule[];

/** A document that passed parsing and every rule. `hash` names its text. */
export type ReadyDocument = { document: DocumentNode; hash: string; perViewer: boolean; perLocale: boolean };

/** A document as far as it came: ready, or the errors that stop it. */
export type ReadDocument = { ready: ReadyDocument } | { errors: readonly GraphQLError[] };

const cache = new Map<string, ReadDocument>();

/** Parses and validates a document: the one way in for HTTP, WebSocket and whatever comes. Texts seen before cost nothing. */
export function readDocument(text: string): ReadDocument {
  const known = cache.get(text);
  if (known) return known;
  const read = parseAndValidate(text);
  if (cache.size >= KEPT) cache.delete(cache.keys().next().value!);
  cache.set(text, read);
  return read;
}

function parseAndValidate(text: string): ReadDocument {
  if (text.length > LONGEST) return { errors: [refusal(`A document may have up to ${LONGEST} characters.`)] };
  let document: DocumentNode;
  try {
    document = parse(text, { maxTokens: LIMITS.tokens });
  } catch (fault) {
    return { errors: [coded(fault as Error, "GRAPHQL_PARSE_FAILED")] };
  }
  for (const rules of [limits, specifiedRules]) {
    const errors = validate(schema, document, rules, { maxErrors: 20 });
    if (errors.length > 0) return { errors: errors.map((error) => coded(error, "GRAPHQL_VALIDATION_FAILED")) };
  }
  const hash = createHash("sha256").update(text).digest("base64url").slice(0, 22);
  return {
    ready: { document, hash, perViewer: asksFor(document, "perViewer"), perLocale: asksFor(document, "perLocale") },
  };
}

function coded(error: Error, code: string): GraphQLError {
  const { nodes, source, positions } = error instanceof GraphQLError ? error : {};
  return new GraphQLError(error.message, { nodes, source, positions, extensions: { code } });
}

function refusal(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: "BAD_REQUEST" } });
}

/**
 * Whether a field is chosen whose value differs between two readers of one class (then no payload can be shared), or
 * between two languages.
 */
function asksFor(document: DocumentNode, extension: "perViewer" | "perLocale"): boolean {
  let found = false;
  const types = new TypeInfo(schema);
  const Field = () => {
    if (types.getFieldDef()?.extensions?.[extension]) found = true;
  };
  visit(document, visitWithTypeInfo(types, { Field }));
  return found;
}

/** The operation that a request means; undefined when the document has several and none was named, or not this one. */
export function operationOf(
  { document }: ReadyDocument,
  name: string | null | undefined,
): OperationDefinitionNode | undefined {
  return getOperationAST(document, name) ?? undefined;
}
