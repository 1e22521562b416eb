import { describe, expect, it } from "vitest";
import { moveCommand } from "../../api/commands/definitions/move.ts";
import { namesOf } from "../../api/commands/definition.ts";
import type { Command } from "../../api/commands/command.ts";
import { readArguments } from "../../api/commands/read-arguments.ts";
import { fold, lowered } from "../../api/kernel/nearest.ts";
import { commands, commandsIn } from "../../api/commands/registry.ts";
import { reservedNames } from "../../api/tasks/reserved-names.ts";
import { SHIPPED, type ShippedWorkflow, shippedWorkflow } from "../../api/tasks/shipped-workflows.ts";
import { callsBy, shippedBooks } from "./command-books.ts";
import { MOSCOW } from "./example-commands.ts";
import { documentedCommands } from "./documented.ts";

const KINDS = ["support", "channel", "group", "direct", "task"] as const;
const IS_ID = /^[a-z]/;

describe("the commands", () => {
  it.each(KINDS)("have each name once in a conversation of the kind %s", (kind) => {
    const names = commandsIn(kind).flatMap((command) => [...new Set(namesOf(command).map(fold))]);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  it("of tasks have names that no move may have", () => {
    const ids = commandsIn("task")
      .flatMap(namesOf)
      .filter((name) => IS_ID.test(name));
    expect(ids.filter((id) => !reservedNames.has(id))).toEqual([]);
  });

  it.each(Object.keys(SHIPPED) as ShippedWorkflow[])("leave every name of the workflow %s to its moves", (which) => {
    const workflow = shippedWorkflow(which, "en");
    const standing = new Set(commandsIn("task").flatMap(namesOf).map(fold));
    const moves = workflow.moves.flatMap((move) => namesOf(moveCommand(move, workflow)));
    expect(moves.filter((name) => standing.has(fold(name)))).toEqual([]);
  });

  it.each(shippedBooks.map((book) => [book.name, book] as const))(
    "have examples that are understood in both languages: %s",
    (_name, book) => {
      const wrong = (book.grammars as Command[]).flatMap(({ name, example }) =>
        (["en", "ru"] as const).filter((locale) => {
          const [first, ...others] = callsBy(book, example[locale]);
          if (!first?.grammar || others.length > 0) return true;
          const isItsOwn = namesOf(first.grammar).includes(lowered(name[locale]));
          return !isItsOwn || !readArguments(first.grammar, first.call, MOSCOW).ok;
        }),
      );
      expect(wrong).toEqual([]);
    },
  );

  it("are listed on their page under all of their names, and no others are", () => {
    const listed = documentedCommands();
    expect([...new Set(commands.flatMap(namesOf))].toSorted()).toEqual([...new Set(listed)].toSorted());
  });
});
