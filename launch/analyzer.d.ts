declare module "@custom-elements-manifest/analyzer/cli.js" {
  /** Answers the manifest of the files that the arguments name. */
  // biome-ignore lint/suspicious/noExplicitAny: what its schema leaves open is open
  export function cli(options: { argv: string[]; cwd: string; noWrite: boolean }): Promise<any>;
}
