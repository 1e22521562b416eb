/** Answers a function that does something at once, and when it is asked for again within `ms`, once more after that. */
export function seldom(ms: number, act: () => void): () => void {
  let isResting = false;
  let isWanted = false;
  return function ask(): void {
    isWanted = isResting;
    if (isResting) return;
    isResting = true;
    setTimeout(() => {
      isResting = false;
      if (isWanted) ask();
    }, ms);
    act();
  };
}
