import type { Line } from "./story.ts";

type Staff = Exclude<Line["by"], "customer">;

/** A channel or a group of the shop; without a name, direct messages. Whoever is named first opened it. */
export type RoomEpisode = {
  kind: "channel" | "group" | "direct";
  name: string;
  purpose: string;
  people: readonly [Staff, ...Staff[]];
  lines: readonly (Said & { replies?: readonly Said[] })[];
};

type Said = { by: Staff; minutesAgo: number; text: string };

const hour = 60;
const day = 24 * hour;

/** What the team talks about among themselves, oldest first in each room. */
export const roomEpisodes: readonly RoomEpisode[] = [
  {
    kind: "channel",
    name: "general",
    purpose: "For everyone: what is new, who is away",
    people: ["ann", "ben", "irina"],
    lines: [
      { by: "ann", minutesAgo: 6 * day, text: "Eleni opens a second shop in Thessaloniki. Well done, Ирина." },
      { by: "ben", minutesAgo: 2 * day, text: "I am at the dentist tomorrow until 11:00." },
    ],
  },
  {
    kind: "channel",
    name: "firmware-halden",
    purpose: "Releases, field reports and rollbacks for the Halden and Skala range",
    people: ["ben", "ann", "irina"],
    lines: [
      {
        by: "ben",
        minutesAgo: 26 * hour,
        text: "2.4.1 goes to everyone tonight. The staged ten per cent has been quiet for six days.",
      },
      { by: "ann", minutesAgo: 26 * hour - 6, text: "Thanks. The answer is ready in English, Latvian and Russian." },
      {
        by: "ben",
        minutesAgo: 6 * hour,
        text: "2.4.1 is out to 100 % of Halden lamps since midnight. Two reports of flicker at low brightness so far, both 160 cm / 2700 K.\n\n- Driver is `LCM-40DA` in both\n- Neither lamp had been switched off since the update",
      },
      {
        by: "irina",
        minutesAgo: 5 * hour,
        text: "У меня третий случай, из Калининграда. Клиентка прислала видео, мерцание заметно даже днём.",
        replies: [
          {
            by: "ben",
            minutesAgo: 289,
            text: "Thanks. Can you ask whether the switch on the cable was used, or only the app?",
          },
          {
            by: "irina",
            minutesAgo: 263,
            text: "> whether the switch on the cable was used\n\nТолько приложение. И диммер стоит на 18 %.",
          },
          {
            by: "ben",
            minutesAgo: 260,
            text: "Then it is the fall-back timer. Reproduced here:\n\n```\npwm.set(0.18)\nassert pwm.freq == 4_000\n# AssertionError: 1_120\n```",
          },
          { by: "ann", minutesAgo: 90, text: "Same for Hannah. I have told her the fix is automatic." },
          { by: "ben", minutesAgo: 84, text: "It is: the rollback build sets the timer again at the first start." },
          { by: "ann", minutesAgo: 80, text: "Then I answer the others, too." },
        ],
      },
      {
        by: "ben",
        minutesAgo: 70,
        text: "Rollback build is signed. @ann @irina can one of you keep three customers on standby for a check at 21:00?",
      },
    ],
  },
  {
    kind: "channel",
    name: "returns-and-refunds-eu",
    purpose: "What came back, and why",
    people: ["irina", "ann"],
    lines: [
      { by: "irina", minutesAgo: 3 * day, text: "Третий возврат Aurora за неделю: трещина у основания." },
      { by: "ann", minutesAgo: 3 * day - 40, text: "I have asked the glassworks. Please keep the shards." },
    ],
  },
  {
    kind: "channel",
    name: "warehouse-riga",
    purpose: "Stock, pallets, couriers",
    people: ["ann", "irina"],
    lines: [{ by: "irina", minutesAgo: 3 * hour, text: "Люстра «Орбита» для Калининграда уехала, курьер подтвердил." }],
  },
  {
    kind: "group",
    name: "photo-shoot",
    purpose: "The spring catalogue",
    people: ["ann", "irina"],
    lines: [{ by: "ann", minutesAgo: 4 * day, text: "The studio has Thursday or Friday. I would take Friday." }],
  },
  {
    kind: "direct",
    name: "",
    purpose: "",
    people: ["ben", "ann"],
    lines: [
      { by: "ben", minutesAgo: 2 * hour, text: "Did Hannah agree to wait until tonight?" },
      { by: "ann", minutesAgo: 2 * hour - 5, text: "She did." },
      { by: "ben", minutesAgo: 45, text: "Then I put her lamp first in line." },
    ],
  },
];
