import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";

// The package as somebody installs it: built, packed and unpacked beside its one dependency.

let project: string;
const installed = (name: string) => join(project, "node_modules", "beseda-widget", name);
const read = (name: string) => JSON.parse(readFileSync(installed(name), "utf8"));

beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), "beseda-package-"));
  const built = join(project, "built");
  execFileSync(process.execPath, ["launch/widget-package.ts", built]);
  const [{ filename }] = JSON.parse(
    execFileSync("npm", ["pack", "--json", "--pack-destination", project], { cwd: built, encoding: "utf8" }),
  );
  mkdirSync(installed("."), { recursive: true });
  execFileSync("tar", ["-xzf", join(project, filename), "--strip-components=1", "-C", installed(".")]);
  for (const name of ["lit", "lit-html", "lit-element", "@lit", "@lit-labs"]) {
    symlinkSync(resolve("node_modules", name), join(project, "node_modules", name));
  }
}, 120_000);
afterAll(() => rmSync(project, { recursive: true, force: true }));

it("is imported where there is no page, as when a server draws one: the class alone, nothing defined", () => {
  const script =
    'import { BesedaChat } from "beseda-widget"; process.stdout.write([typeof BesedaChat, BesedaChat.version].join(" "));';
  const said = execFileSync(process.execPath, ["--input-type=module", "--eval", script], {
    cwd: project,
    encoding: "utf8",
  });
  expect(said).toBe(`function ${read("package.json").version}`);
});

it("has types for pages and for JSX that the compiler reads", () => {
  const page = `
    import type { Beseda, BesedaOptions } from "beseda-widget";
    import type { CustomElements } from "beseda-widget/jsx";
    export const props: CustomElements["beseda-chat"] = { inbox: "pk_1", open: true, hidden: true, "onbeseda-open": () => {} };
    export const options: BesedaOptions = { inbox: "pk_1", theme: "dark" };
    export function speak(beseda: Beseda, chat: HTMLElementTagNameMap["beseda-chat"]): number {
      beseda("on", "unread", ({ count }) => count.toFixed());
      // @ts-expect-error: there is no such call
      beseda("dance");
      return chat.unreadCount;
    }`;
  writeFileSync(join(project, "page.ts"), page);
  const options = "--noEmit --strict --target es2024 --module nodenext --lib es2024,dom --types".split(" ");
  const tsc = resolve("node_modules/.bin/tsc");
  expect(() => execFileSync(tsc, [...options, "", "page.ts"], { cwd: project, encoding: "utf8" })).not.toThrow();
});

it("describes the element: attributes, events, parts and custom properties, nothing private", () => {
  const [{ declarations }] = read("custom-elements.json").modules;
  const [element] = declarations;
  expect(element.tagName).toBe("beseda-chat");
  expect(
    element.members.map(({ name }: { name: string }) => name).filter((name: string) => name.startsWith("#")),
  ).toEqual([]);
  const names = (list: { name: string }[]) => list.map(({ name }) => name);
  expect(names(element.attributes)).toEqual(
    expect.arrayContaining(["inbox", "api", "locale", "theme", "position", "open", "hidden"]),
  );
  expect(names(element.events)).toEqual(expect.arrayContaining(["beseda-ready", "beseda-unread", "beseda-error"]));
  expect(names(element.cssParts)).toEqual(["launcher", "badge", "panel", "header"]);
  expect(names(element.cssProperties)).toContain("--beseda-accent");
});
