import { afterEach } from "vitest";
import type { ReaderClass } from "../../api/kernel/actor.ts";
import { follow, type Start } from "../../api/kernel/live/follow.ts";
import { leave } from "../../api/kernel/live/reader.ts";
import type { Topic } from "../../api/kernel/live/topic.ts";
import type { LiveEvent, View } from "../../api/kernel/live/view.ts";
import { eventually } from "./eventually.ts";

/** What a reader was sent: the position of an event, or "reload" with the position to go on from. */
export type Heard = number | { reload: number } | { signal: string };

/** A reader behind a transport that the test holds in its hands. */
export type TestReader = {
  heard: Heard[];
  /** Why the core ended it, if it did. */
  ended: string | undefined;
  /** While true, more waits for the reader than may wait. */
  isLagging: boolean;
  /** How often the core waited for it to be drained. */
  waits: number;
  stop: () => void;
};

/** Shows events as their positions. Readers with the same name share each payload. */
export function positions(readers: ReaderClass, name: string = readers): View {
  return { key: name, readers, render: async (event) => JSON.stringify(heardOf(event)) };
}

function heardOf(event: LiveEvent): Heard {
  if (event.type === "reload") return { reload: event.position };
  return "position" in event ? event.position : { signal: event.type };
}

const listening: TestReader[] = [];

afterEach(() => {
  for (const reader of listening.splice(0)) reader.stop();
});

/** Follows a topic until the test ends and keeps what comes. */
export function listen(topic: Topic, view: View, after: Start = "now"): TestReader {
  const reader: TestReader = { heard: [], ended: undefined, isLagging: false, waits: 0, stop: () => {} };
  const following = follow({
    ...{ topic, view, after },
    sink: {
      deliver: (payload) => reader.heard.push(JSON.parse(payload)),
      isLagging: () => reader.isLagging,
      drained: async () => {
        reader.waits++;
        reader.isLagging = false;
      },
      end: (reason) => {
        reader.ended = reason;
      },
    },
  });
  reader.stop = () => leave(following);
  listening.push(reader);
  return reader;
}

/** Waits until the reader was sent so many, and answers all that it was sent. */
export function seen(reader: TestReader, count: number): Promise<Heard[]> {
  return eventually(() => reader.heard.length >= count && reader.heard);
}
