import { readFileSync } from "node:fs";

const contract = "widget/page-api/contract.ts";
const element = "widget/elements/chat.ts";

/** The public contract with its tables as the doc comments of the code say them. */
export function embedText(before: string): string {
  const types = readFileSync(contract, "utf8");
  const described = readFileSync(element, "utf8");
  const tables: Record<string, string> = {
    options: table(
      ["option", "what"],
      membersOf(types, "BesedaOptions").map(({ name, says }) => [`\`${name}\``, says]),
    ),
    calls: table(["call", "what"], callsOf(types)),
    events: table(
      ["event", "`detail`", "when"],
      membersOf(types, "BesedaEvents").map(({ name, type, says }) => [`\`${name}\``, detailOf(type), says]),
    ),
    looks: table(["", "what"], [...tagsOf(described, "csspart"), ...tagsOf(described, "cssprop")]),
  };
  return Object.entries(tables).reduce(
    (text, [name, rows]) =>
      text.replace(
        new RegExp(`(<!-- ${name}:start -->\n).*?(<!-- ${name}:end -->)`, "s"),
        (_all, start: string, end: string) => `${start}${rows}\n${end}`,
      ),
    before,
  );
}

type Member = { name: string; type: string; says: string };

function membersOf(source: string, name: string): Member[] {
  const body = new RegExp(`export interface ${name} \\{\n(.*?)\n\\}`, "s").exec(source)![1]!;
  return [...body.matchAll(/\/\*\* (.*?) \*\/\n {2}"?([\w-]+)"?\??: (.*);/g)].map(([, says, member, type]) => ({
    ...{ name: member!, type: type!, says: says! },
  }));
}

function callsOf(source: string): string[][] {
  const body = /export interface Beseda \{\n(.*?)\n\}/s.exec(source)![1]!;
  return [...body.matchAll(/\/\*\* (.*?) \*\/\n {2}(?:<[^>]*>)?\(call: "(\w+)"(.*?)\): void;/g)].map(
    ([, says, call, rest]) => {
      const given = [...rest!.matchAll(/, (\w+):/g)].map(([, name]) => `, ${name}`).join("");
      return [`\`Beseda("${call}"${given})\``, says!];
    },
  );
}

function detailOf(type: string): string {
  if (type === "null") return "";
  return [...type.matchAll(/readonly (\w+):/g)].map(([, name]) => `\`${name}\``).join(", ");
}

function tagsOf(source: string, tag: string): string[][] {
  const kind = tag === "csspart" ? "::part" : "";
  return [...source.matchAll(new RegExp(`@${tag} (\\S+) - (.*)`, "g"))].map(([, name, says]) => [
    kind ? `\`${kind}(${name})\`` : `\`${name}\``,
    says!,
  ]);
}

function table(headings: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(headings), line(headings.map(() => "---")), ...rows.map(line)].join("\n");
}
