/** A piece of a statement with its values, to be put into another: `` fragment`x.agent_id = ${id}` ``. */
export class Fragment {
  readonly strings: TemplateStringsArray;
  readonly values: unknown[];
  constructor(strings: TemplateStringsArray, values: unknown[]) {
    this.strings = strings;
    this.values = values;
  }
}

/** A piece of SQL with its values. Values become parameters of the statement that takes it up. */
export function fragment(strings: TemplateStringsArray, ...values: unknown[]): Fragment {
  return new Fragment(strings, values);
}

/** A piece as people put it together, so that no two statements need be alike: those are planned each time, for their values. */
export class Varying extends Fragment {}

/** Says of a piece that it varies as people like. */
export function varying({ strings, values }: Fragment): Varying {
  return new Varying(strings, values);
}

/** Pieces that all hold; what holds of everything, where there are none. */
export function allOf(pieces: readonly Fragment[]): Fragment {
  return pieces.reduce((before, piece) => fragment`${before} AND ${piece}`, fragment`true`);
}

/** Pieces of which one holds at least; what holds of nothing, where there are none. */
export function anyOf([first, ...rest]: readonly Fragment[]): Fragment {
  if (!first) return fragment`false`;
  // One alone stands bare: PostgreSQL begins with what an `IN` finds only where no OR is around it.
  if (rest.length === 0) return first;
  return fragment`(${rest.reduce((before, piece) => fragment`${before} OR ${piece}`, first)})`;
}

/**
 * A statement ready for the database. Statements of the same text share a name, so each is planned once per connection; one
 * without a name is planned each time.
 */
export type Statement = { name?: string; text: string; values: unknown[] };

const names = new Map<string, string>();

/** The statement that a template makes, with its fragments taken up; every value is a parameter. */
export function statementOf(strings: TemplateStringsArray, given: unknown[]): Statement {
  const values: unknown[] = [];
  const text = write(strings, given, values);
  if (isVarying(given)) return { text, values };
  const name = names.get(text) ?? `s${names.size}`;
  names.set(text, name);
  return { name, text, values };
}

function isVarying(given: readonly unknown[]): boolean {
  return given.some((value) => value instanceof Varying || (value instanceof Fragment && isVarying(value.values)));
}

function write(strings: TemplateStringsArray, given: unknown[], values: unknown[]): string {
  let text = strings[0]!;
  for (const [index, value] of given.entries()) {
    if (value instanceof Fragment) text += write(value.strings, value.values, values);
    else text += `$${values.push(value)}`;
    text += strings[index + 1]!;
  }
  return text;
}

/** The objects as one parameter for `json_populate_recordset` and its like: their own keys, as columns are named. */
export function rowsOf(objects: readonly object[]): string {
  return JSON.stringify(objects.map(rowOf));
}

function rowOf(object: object): object {
  const row: Record<string, unknown> = {};
  for (const key in object) row[columnOf(key)] = object[key as keyof typeof object];
  return row;
}

const columns = new Map<string, string>();

function columnOf(key: string): string {
  const column = columns.get(key) ?? key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  columns.set(key, column);
  return column;
}
