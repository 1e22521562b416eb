type Waiting<Asked, Answer> = {
  asked: Asked;
  resolve: (answer: Answer) => void;
  reject: (fault: unknown) => void;
};

/** The most that share one run. */
const MOST = 500;

/**
 * One run at a time: who asks while one is under way shares the next. So a lone caller waits for nobody, and a storm of
 * callers costs few statements. `run` answers in the order of what was asked; when it fails, it fails for all who share it.
 */
export function gather<Asked, Answer>(run: (asked: Asked[]) => Promise<Answer[]>): (asked: Asked) => Promise<Answer> {
  let waiting: Waiting<Asked, Answer>[] = [];
  let isRunning = false;

  async function serve(): Promise<void> {
    if (isRunning) return;
    isRunning = true;
    while (waiting.length > 0) {
      const company = waiting.slice(0, MOST);
      waiting = waiting.slice(MOST);
      try {
        const answers = await run(company.map(({ asked }) => asked));
        for (const [index, { resolve }] of company.entries()) resolve(answers[index]!);
      } catch (fault) {
        for (const { reject } of company) reject(fault);
      }
    }
    isRunning = false;
  }

  return (asked) =>
    new Promise((resolve, reject) => {
      waiting.push({ asked, resolve, reject });
      void serve();
    });
}
