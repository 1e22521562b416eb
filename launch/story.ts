/** Who says it: an agent by first name, or the customer. A note is for the team alone. */
export type Line = { by: "customer" | "ann" | "ben" | "irina"; minutesAgo: number; text: string; isNote?: true };

export type Episode = {
  customer: { name: string; email: string; locale: string; zone: string };
  lines: [Line, ...Line[]];
  /** Where the ticket stands after the last line. */
  end?: "wait" | "resolve" | "close";
};

/** The people of the lamp shop Lumen. */
export const staff = {
  ann: { name: "Ann Kowalska", email: "ann@lumen.example", role: "owner", locale: "en", zone: "Europe/Riga" },
  ben: { name: "Ben Okafor", email: "ben@lumen.example", role: "agent", locale: "en", zone: "Europe/London" },
  irina: { name: "Ирина Смирнова", email: "irina@lumen.example", role: "admin", locale: "ru", zone: "Europe/Riga" },
} as const;

/** What the shop's chat says to whoever opens it. */
export const greetings = {
  en: "Hello. What can we help you with?",
  ru: "Здравствуйте. Чем вам помочь?",
};

const hour = 60;
const day = 24 * hour;

/** What happened in the shop so far, newest last. */
export const episodes: Episode[] = [
  {
    customer: { name: "Eleni Georgiou", email: "eleni@georgiou.example", locale: "el", zone: "Europe/Athens" },
    lines: [
      {
        by: "customer",
        minutesAgo: 6 * day,
        text: "Kaliméra, we are opening a second shop in Thessaloniki. Do you have wholesale terms?",
      },
      {
        by: "irina",
        minutesAgo: 6 * day - 50,
        text: "Congratulations! From 20 lamps the price is 18 % lower. Which models do you have in mind?",
      },
      { by: "customer", minutesAgo: 5 * day, text: "Mostly Nida and Aurora. I will count the tables and write again." },
      { by: "irina", minutesAgo: 5 * day - 20, text: "Please do. I keep the offer open until the end of the month." },
    ],
    end: "wait",
  },
  {
    customer: { name: "Pavel Weiß", email: "pavel@weiss-licht.example", locale: "de", zone: "Europe/Berlin" },
    lines: [
      {
        by: "customer",
        minutesAgo: 4 * day,
        text: "Could I have the invoice for order 20418 with our VAT number, please?",
      },
      { by: "ann", minutesAgo: 4 * day - 35, text: "Of course. Could you confirm the registered address?" },
      { by: "customer", minutesAgo: 4 * day - 60, text: "Weiß Licht GmbH, Torstraße 12, 10119 Berlin." },
      { by: "ann", minutesAgo: 4 * day - 75, text: "Done, the corrected invoice is in your mailbox." },
    ],
    end: "resolve",
  },
  {
    customer: { name: "Tobias Ångström", email: "tobias@angstrom.example", locale: "sv", zone: "Europe/Stockholm" },
    lines: [
      {
        by: "customer",
        minutesAgo: 26 * hour,
        text: "Which dimmer works with the Aurora pendant? Mine buzzes below half.",
      },
      {
        by: "ann",
        minutesAgo: 25 * hour,
        text: "Any trailing-edge dimmer rated for 5 to 150 W. Leading-edge ones buzz with LED drivers.",
      },
    ],
  },
  {
    customer: { name: "Studio Północ Architekci", email: "biuro@polnoc.example", locale: "pl", zone: "Europe/Warsaw" },
    lines: [
      {
        by: "customer",
        minutesAgo: 9 * hour,
        text: "We would like a quote for 64 × Skala wall lights, hotel corridor, dimmable, 2700 K.",
      },
      {
        by: "ben",
        minutesAgo: 8 * hour,
        text: "Discount is fine up to 12 %. Above that it is Ann's decision.",
        isNote: true,
      },
    ],
  },
  {
    customer: {
      name: "Мария Константинопольская",
      email: "maria@orbita.example",
      locale: "ru",
      zone: "Europe/Kaliningrad",
    },
    lines: [
      {
        by: "customer",
        minutesAgo: 95,
        text: "Здравствуйте! Подскажите, пожалуйста, когда доставят люстру «Орбита» в Калининград?",
      },
      {
        by: "irina",
        minutesAgo: 88,
        text: "Здравствуйте, Мария! Люстра уже в пути, будет у вас в четверг с 10 до 14.",
      },
      { by: "customer", minutesAgo: 41, text: "Спасибо! А можно поднять её на третий этаж? Лифта нет." },
    ],
  },
  {
    customer: {
      name: "Hannah Lindqvist-Abernathy",
      email: "hannah@fjallstudio.example",
      locale: "en",
      zone: "Europe/Stockholm",
    },
    lines: [
      {
        by: "customer",
        minutesAgo: 5 * hour,
        text: "My Halden floor lamp flickers since the update to 2.4.1. It is worst at about 20 %.",
      },
      {
        by: "ann",
        minutesAgo: 5 * hour - 12,
        text: "Sorry about that, Hannah. There is a way back, and it takes about two minutes. Before we do that, could you open Settings → Lamp → Diagnostics and send me what it says?",
      },
      {
        by: "customer",
        minutesAgo: 100,
        text: "Right, here is what the app shows:\n```\nmodel     HALDEN-FL-160/2700K\nfirmware  2.4.1+build.20250610\npwm       1 120 Hz\n```",
      },
      {
        by: "ben",
        minutesAgo: 85,
        text: "Same PWM fall-back as the two from Friday. Do not offer a swap yet, the fix is in OPS-12 and ships tonight.",
        isNote: true,
      },
      {
        by: "ann",
        minutesAgo: 8,
        text: "Thank you, that is exactly what I needed. A fix goes out tonight; your lamp will pick it up by itself before 06:00.",
      },
    ],
  },
];
