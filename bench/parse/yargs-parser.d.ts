declare module "yargs-parser" {
  /** Reads a line as a command's arguments. */
  export default function parse(line: string, options?: { boolean?: string[] }): { _: (string | number)[] };
}
