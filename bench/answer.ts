type Answers = Record<string, (about: never) => unknown>;

/** Makes this process a part: it answers the questions of the process that started it, and ends with it. */
export function answer(answers: Answers): void {
  const known: Answers = { cpuSeconds, ...answers };
  process.on("message", async ({ id, question, about }: { id: number; question: string; about: never }) => {
    try {
      process.send!({ id, answer: await known[question]!(about) });
    } catch (fault) {
      process.send!({ id, failure: (fault as Error).message });
    }
  });
  process.on("disconnect", () => process.exit());
}

function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}
