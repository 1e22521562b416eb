/** What a key does; each has words in the catalogue. */
export type Act =
  | "palette"
  | "next"
  | "previous"
  | "open"
  | "leave"
  | "reply"
  | "note"
  | "thread"
  | "resolve"
  | "assignToMe"
  | "assign"
  | "undo"
  | "goMine"
  | "goUnassigned"
  | "goAll"
  | "search"
  | "select"
  | "help";

/** A key of the desk. */
export type Key = {
  act: Act;
  /** As tinykeys reads it: by the key's place, so that it works in every layout. */
  keys: string;
  /** As it is written on keyboards. */
  caps: readonly string[];
};

// biome-ignore format: a table, aligned
/** Every key of the desk. */
export const keyMap: readonly Key[] = [
  { act: "palette",      keys: "$mod+KeyK",   caps: ["Ctrl", "K"] },
  { act: "next",         keys: "KeyJ",        caps: ["J"] },
  { act: "previous",     keys: "KeyK",        caps: ["K"] },
  { act: "open",         keys: "KeyO",        caps: ["O"] },
  { act: "leave",        keys: "KeyU",        caps: ["U"] },
  { act: "reply",        keys: "KeyR",        caps: ["R"] },
  { act: "note",         keys: "KeyN",        caps: ["N"] },
  { act: "thread",       keys: "KeyT",        caps: ["T"] },
  { act: "resolve",      keys: "KeyE",        caps: ["E"] },
  { act: "assignToMe",   keys: "KeyI",        caps: ["I"] },
  { act: "assign",       keys: "KeyA",        caps: ["A"] },
  { act: "undo",         keys: "KeyZ",        caps: ["Z"] },
  { act: "goMine",       keys: "Digit1",      caps: ["1"] },
  { act: "goUnassigned", keys: "Digit2",      caps: ["2"] },
  { act: "goAll",        keys: "Digit3",      caps: ["3"] },
  { act: "search",       keys: "Slash",       caps: ["/"] },
  { act: "select",       keys: "KeyX",        caps: ["X"] },
  { act: "help",         keys: "Shift+Slash", caps: ["?"] },
];
