/**
 * A nap that `wake` ends early. A wake that comes while nobody sleeps makes the next nap return at once,
 * so work that arrives between looking and lying down is never slept over.
 */
export function sleeper(): { sleep: (ms: number) => Promise<void>; wake: () => void } {
  let woken = false;
  let rise: (() => void) | undefined;
  return {
    sleep: (ms) =>
      new Promise((resolve) => {
        if (woken) {
          woken = false;
          // Through the event loop, not a microtask: a busy sleeper must not starve sockets.
          setImmediate(resolve);
          return;
        }
        const timer = setTimeout(finish, ms);
        function finish() {
          clearTimeout(timer);
          rise = undefined;
          woken = false;
          resolve();
        }
        rise = finish;
      }),
    wake: () => {
      if (rise) rise();
      else woken = true;
    },
  };
}
