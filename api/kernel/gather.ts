import { setTimeout as pause } from "node:timers/promises";

type Waiting<Asked, Answer> = {
  asked: Asked;
  resolve: (answer: Answer) => void;
  reject: (fault: unknown) => void;
};

/** The most that share one run. */
const MOST = 500;
/** From so many on a run is worth its statements. */
const MANY = 50;
/** How long the next run then waits for more company, in ms. */
const REST_MS = 100;

/**
 * One run at a time: who asks while one is under way shares the next. So a lone caller waits for nobody, and a storm of
 * callers costs few statements. `run` answers in the order of what was asked; when it fails, it fails for all who share it.
 * After a run that some share, but not many, the next one waits a little: a storm that trickles in shares runs too.
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
      if (company.length > 1 && company.length < MANY) await pause(REST_MS);
    }
    isRunning = false;
  }

  return (asked) =>
    new Promise((resolve, reject) => {
      waiting.push({ asked, resolve, reject });
      void serve();
    });
}
