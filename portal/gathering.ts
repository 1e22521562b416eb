/** How long frames are gathered after one was written, in ms: short while people act, and longer in a flood the longer it goes on. */
const GATHER_MS = { least: 100, most: 500 };
/** So many that come within the least time are a flood: what somebody does is told of in two or three, and they wait for it. */
const FLOOD = 4;
/** More than this waits for nothing: whether a reader keeps up is seen by what was written, in UTF-16 code units. */
const MOST_GATHERED = 32 * 1024;

/** Writes frames, those that come close together as one. */
export type Gathering = { write: (frames: string) => void; stop: () => void };

/** Answers a gathering of what one stream is told: the first frame goes at once, what follows soon goes together. */
export function gathering(write: (frames: string) => void): Gathering {
  let waiting: string[] = [];
  let size = 0;
  let came = 0;
  let pause = GATHER_MS.least;
  let timer: ReturnType<typeof setTimeout> | undefined;
  return {
    write: (frames) => {
      // What is put in place of something has to find it in the page.
      if (waiting.length > 0 && needs(frames, waiting)) flush();
      waiting.push(frames);
      size += frames.length;
      came += 1;
      if (timer && size < MOST_GATHERED) return;
      flush();
      timer ??= setTimeout(goOn, pause);
    },
    stop: () => clearTimeout(timer),
  };

  function flush(): void {
    write(joined(waiting));
    waiting = [];
    size = 0;
  }

  function goOn(): void {
    const isQuiet = waiting.length === 0;
    if (!isQuiet) flush();
    const isFlood = came * GATHER_MS.least >= FLOOD * pause;
    pause = isFlood ? Math.min(2 * pause, GATHER_MS.most) : GATHER_MS.least;
    timer = isQuiet ? undefined : setTimeout(goOn, pause);
    came = 0;
  }
}

/** Whether some frames put something into, or in the place of, an element that earlier ones bring. */
function needs(frames: string, earlier: readonly string[]): boolean {
  const targets = [...frames.matchAll(/<hx-partial hx-target="([^"]*)"/g)].flatMap(([, target]) =>
    target!.match(/#[\w-]+/g),
  );
  return targets.some((target) => earlier.some((one) => one.includes(`id="${target!.slice(1)}"`)));
}

/**
 * Answers frames as few: all markup is one, and comes first; the others follow in their order. The cursor is with the last, so
 * that a line that breaks in between misses nothing.
 */
export function joined(all: readonly string[]): string {
  const frames = all.flatMap((one) => one.split("\n\n").filter((frame) => frame !== ""));
  if (frames.length < 2) return all.join("");
  const cursor = frames.findLast((frame) => frame.startsWith("id: "))?.split("\n", 1)[0];
  const bare = frames.map((frame) => frame.replace(/^id: .*\n/, ""));
  const markup = bare.filter((frame) => frame.startsWith("data: "));
  const ordered = [
    ...(markup.length > 0 ? [markup.join("\n")] : []),
    ...bare.filter((frame) => !markup.includes(frame)),
  ];
  const last = ordered.pop()!;
  return [...ordered, cursor ? `${cursor}\n${last}` : last].map((frame) => `${frame}\n\n`).join("");
}
