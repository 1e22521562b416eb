/** npm passes on a Ctrl+C that the terminal has already sent to everyone: the same wish, told twice. */
const echoMilliseconds = 1_000;

/**
 * Resolves at the first Ctrl+C or SIGTERM. A second one, a second or more later, runs `force` and ends the process with
 * the exit code shells give to an interrupted program.
 */
export function stopAsked(force: () => void): Promise<void> {
  return new Promise((resolve) => {
    let askedAt = 0;
    const ask = () => {
      if (askedAt === 0) {
        askedAt = Date.now();
        resolve();
      } else if (Date.now() - askedAt >= echoMilliseconds) {
        force();
        process.exit(130);
      }
    };
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, ask);
  });
}
