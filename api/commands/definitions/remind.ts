import { commandResults } from "../../../words/command-results.ts";
import { fullStamp } from "../../../words/time.ts";
import { done } from "../../kernel/outcome.ts";
import { createReminder } from "../../reminders/actions/create-reminder.ts";
import { instantOf } from "../../reminders/reminder.ts";
import { type Argument, type Named, optional } from "../argument.ts";
import { type CommandContext, defineCommand } from "../command.ts";
import { doneWith } from "../command-outcome.ts";
import { lowered } from "../../kernel/nearest.ts";
import { readPeople } from "../read-people.ts";
import { instant } from "../time-arguments.ts";
import { mention, text } from "../word-arguments.ts";

/** What its writer calls themself: no handle, which stands behind an @. */
const ME = { en: "me", ru: "мне" } as const;

/** `/remind [me|@ann] in 2h text`: the writer, or a colleague, is reminded of the conversation. */
export const remind = defineCommand({
  name: { en: "remind", ru: "напомнить" },
  aliases: ["напомни"],
  args: {
    whom: optional(meOrMention({ en: "who", ru: "кому" })),
    when: instant({ en: "when", ru: "когда" }),
    what: optional(text({ en: "text", ru: "текст" })),
  },
  help: { en: "Be reminded of this, or remind a colleague.", ru: "Напомнить об этом себе или коллеге." },
  example: { en: "/remind me in 3 days at 10am call Ben", ru: "/напомнить мне через 3 дня в 10:00 позвонить Бену" },
  among: "conversation",
  where: ["support", "channel", "group", "direct", "task"],
  run: async (context, { whom, when, what }) => {
    const person = await readWhom(context, whom);
    if (!person.ok) return person;
    const { actor, conversationId, clientId, locale, at: from } = context;
    const eyes = { locale, zone: actor.zone };
    const at = instantOf(when, actor.zone);
    const { id: agentId, name } = person.value;
    const given = { clientId, conversationId, agentId, text: what ?? "", eyes, from };
    const asked = await createReminder(actor, { ...given, time: { at } });
    return doneWith(asked, commandResults[locale].remind(name, fullStamp(at, eyes)));
  },
});

/** Who is meant; without a name the writer. */
async function readWhom(context: CommandContext, whom: string | null) {
  const { agentId } = context.actor;
  if (whom === null || whom === ME.en) return done({ id: agentId, name: null });
  const people = await readPeople(context, [whom.slice(1)], "conversation");
  if (!people.ok) return people;
  const { id, name } = people.value[0]!;
  return done({ id, name: id === agentId ? null : name });
}

/** `me`, or somebody's handle with its @. */
function meOrMention(name: Named): Argument<string> {
  const handle = mention(name);
  return {
    ...handle,
    read: (words, writer) => {
      const [first] = words.args;
      const said = first!.isQuoted ? "" : lowered(first!.text.replace(/,$/, ""));
      if (said === ME.en || said === ME.ru) return { value: ME.en, words: 1 };
      const taken = handle.read(words, writer);
      return "value" in taken ? { ...taken, value: `@${taken.value}` } : taken;
    },
    print: (value, { locale }) => (value === ME.en ? ME[locale] : value),
  };
}
