/** setTimeout cannot wait longer, in ms. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Runs `react` at the instant, in ms since 1970; in the next turn when it is past. Answers how to give up. */
export function atInstant(instant: number, react: () => void): () => void {
  let timer: NodeJS.Timeout;
  const wait = () => {
    const left = instant - Date.now();
    timer = left > LONGEST_TIMER_MS ? setTimeout(wait, LONGEST_TIMER_MS) : setTimeout(react, left);
  };
  wait();
  return () => clearTimeout(timer);
}
