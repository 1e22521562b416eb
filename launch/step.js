// Plain JavaScript: it runs before Beseda's own Node is installed.

/**
 * Tells one long step in one line: what is being done, the seconds while it lasts (on a terminal), and how long it took.
 * @template T
 * @param {string} title what is being done, as "Installing packages"
 * @param {() => Promise<T>} work
 * @returns {Promise<T>} what the work answers
 */
export async function step(title, work) {
  const startedAt = performance.now();
  const seconds = () => ((performance.now() - startedAt) / 1000).toFixed(1);
  const isTerminal = process.stdout.isTTY === true;
  const tick = isTerminal ? setInterval(() => process.stdout.write(`\r${title} … ${seconds()} s`), 200) : undefined;
  if (isTerminal) process.stdout.write(`${title} …`);
  try {
    const answer = await work();
    process.stdout.write(isTerminal ? `\r${title}: ${seconds()} s\u001b[K\n` : `${title}: ${seconds()} s\n`);
    return answer;
  } catch (error) {
    if (isTerminal) process.stdout.write("\n");
    throw error;
  } finally {
    clearInterval(tick);
  }
}
