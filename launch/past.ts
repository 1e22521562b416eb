import type { Episode, Line } from "./story.ts";

const day = 24 * 60;

type Staff = Exclude<Line["by"], "customer">;
type Past = readonly [
  daysAgo: number,
  name: string,
  email: string,
  locale: string,
  zone: string,
  question: string,
  by: Staff,
  answer: string,
  end: Episode["end"],
];

// One question and one answer each: what a list, a search and a count look like in a shop that has been open for a while.
// biome-ignore format: a table
const pasts: readonly Past[] = [
  [30, "Kaisa Mäkelä", "kaisa@makela.example", "fi", "Europe/Helsinki", "Does the Nida desk lamp come with a clamp?", "ben", "It does, in black and in moss green, for desks up to 55 mm.", "close"],
  [29, "Oliver Tamm", "oliver@tamm.example", "et", "Europe/Tallinn", "My parcel shows “held at customs”. Is that normal inside the EU?", "ann", "It is not. I have asked the carrier, and it left the depot an hour ago.", "close"],
  [28, "نور حداد", "nour@haddad.example", "ar", "Asia/Beirut", "مرحبا، هل يمكن شحن مصباح هالدن إلى بيروت؟", "ben", "Yes, by air in six days. I have sent you the price.", "close"],
  [27, "Joana Figueiredo", "joana@figueiredo.example", "pt", "Europe/Lisbon", "Can I change the delivery address of order 20377?", "irina", "Changed. The courier has the new one.", "close"],
  [26, "Семён Аркадьев", "semyon@arkadiev.example", "ru", "Europe/Moscow", "Подойдёт ли диммер Legrand к торшеру «Халден»?", "irina", "Да, если он с отсечкой по заднему фронту. Модель 67083 подойдёт.", "close"],
  [25, "Ruth Oyelaran", "ruth@oyelaran.example", "en", "Europe/London", "One of the four bulbs arrived broken 😕", "ben", "Sorry, Ruth! A new one left today, and there is no need to send the glass back.", "close"],
  [24, "Mikkel Sørensen", "mikkel@sorensen.example", "da", "Europe/Copenhagen", "Is the oak base of Skala oiled or lacquered?", "ann", "Oiled. A drop of linseed oil once a year keeps it as it is.", "close"],
  [23, "Giulia Bernardi", "giulia@bernardi.example", "it", "Europe/Rome", "Do you have spare shades for the Orbita?", "ben", "We do, both brass rings and the globe: parts are kept for ten years.", "close"],
  [22, "Atelier Chêne", "bonjour@atelier-chene.example", "fr", "Europe/Paris", "Nous cherchons douze appliques pour un restaurant. Délai ?", "ann", "Trois semaines pour douze Skala. Je vous envoie le devis.", "resolve"],
  [21, "Анна Лебедева", "anna@lebedeva.example", "ru", "Asia/Yekaterinburg", "Можно ли вернуть лампу, если не подошёл цвет?", "irina", "Конечно, в течение тридцати дней. Курьер заберёт её бесплатно.", "resolve"],
  [20, "Ieva Kalniņa", "ieva@kalnina.example", "lv", "Europe/Riga", "Are you open on Saturday in Riga?", "ann", "From ten to four. The workshop is closed then, but you can leave a lamp.", "resolve"],
  [19, "Tom Haverkamp", "tom@haverkamp.example", "nl", "Europe/Amsterdam", "The app does not find my lamp any more.", "ben", "Hold the button for ten seconds, then open the app close to the lamp.", "resolve"],
  [18, "יעל כהן", "yael@cohen.example", "he", "Asia/Jerusalem", "שלום, האם המנורה מתאימה ל-230 וולט?", "ann", "It does: 100 to 240 V, and the plug is in the box.", "resolve"],
  [17, "Marta Nowak", "marta@nowak.example", "pl", "Europe/Warsaw", "Could I have a receipt with the company name?", "irina", "Sent. It is in your mailbox as a PDF.", "resolve"],
  [16, "Hôtel des Remparts", "reception@remparts.example", "fr", "Europe/Paris", "We ordered 40 bulbs and received 38.", "ben", "Two more are on their way, with our apologies.", "resolve"],
  [15, "Ingrid Dahl", "ingrid@dahl.example", "nb", "Europe/Oslo", "What is the colour temperature of Aurora?", "ann", "2700 K, and 1800 K at the lowest step.", "resolve"],
  [14, "Пётр Громов", "petr@gromov.example", "ru", "Europe/Samara", "Светильник мигает при включении.", "irina", "Похоже на блок питания. Высылаем новый, замена занимает минуту.", "resolve"],
  [13, "Sofía Ruiz", "sofia@ruiz.example", "es", "Europe/Madrid", "¿Hacen envíos a Canarias?", "ben", "We do, with customs included in the price.", "resolve"],
  [12, "Lukas Brandt", "lukas@brandt.example", "de", "Europe/Berlin", "Passt der Lampenschirm der Nida auch auf die alte Version?", "ann", "Ja, seit 2019 ist das Gewinde dasselbe.", "resolve"],
  [11, "Green Room Theatre", "tech@greenroom.example", "en", "Europe/Dublin", "Can Halden be dimmed over DMX?", "ben", "Not by itself. I am asking the workshop about a converter.", "wait"],
  [10, "Zeynep Arslan", "zeynep@arslan.example", "tr", "Europe/Istanbul", "Is there a discount for architects?", "ann", "There is: ten per cent with a chamber number. Which one is yours?", "wait"],
  [9, "Дарья Ким", "daria@kim.example", "ru", "Asia/Vladivostok", "Сколько идёт посылка во Владивосток?", "irina", "Десять-двенадцать дней. Какой адрес указать?", "wait"],
  [8, "Emma Nilsson", "emma@nilsson.example", "sv", "Europe/Stockholm", "The switch feels loose after a year.", "ben", "Could you send a photo of the underside? I will choose the right part by it.", "wait"],
  [7, "田中 美咲", "misaki@tanaka.example", "ja", "Asia/Tokyo", "Do you sell a version for 100 V?", "ann", "All our drivers take 100 V. Only the plug differs: type A is in the box.", "resolve"],
];

/** The visitor who asks much: a thread long enough to be scrolled and searched. */
const long: Episode = {
  customer: { name: "Viktor Sandberg", email: "viktor@sandberg.example", locale: "sv", zone: "Europe/Stockholm" },
  lines: [
    { by: "customer", minutesAgo: 7 * day, text: "I am planning the light of a whole flat. May I ask room by room?" },
    { by: "ben", minutesAgo: 7 * day - 10, text: "Please do, that is what we are here for." },
    ...rooms().flatMap(([room, answer], index): Line[] => [
      { by: "customer", minutesAgo: 7 * day - 30 - index * 40, text: `${room}: what would you hang there?` },
      { by: index % 3 === 2 ? "ann" : "ben", minutesAgo: 7 * day - 45 - index * 40, text: answer },
    ]),
    { by: "customer", minutesAgo: 6 * day + 120, text: "Thank you. I will measure the ceilings and come back." },
  ],
  end: "wait",
};

function rooms(): (readonly [string, string])[] {
  return [
    ["The hall, 1.4 m wide", "Two Skala, 1.9 m above the floor, so that nobody meets them with a shoulder."],
    ["The kitchen, over the worktop", "A row of three Skala pointing down; 3000 K if you cook a lot."],
    ["The kitchen table", "One Aurora, 75 cm above the table top."],
    ["The living room, 24 m²", "Halden in the reading corner and Orbita in the middle, dimmed."],
    ["The study", "Nida on the desk, on the side of the hand that does not write."],
    ["The bedroom", "Two Skala as reading lights, switched apart."],
    ["The children's room", "Aurora again: the shade stays cool."],
    ["The bathroom", "None of ours: it needs IP44, and we would rather say so."],
    ["The balcony", "The same answer, I am afraid. In summer a battery Nida for an evening."],
    ["The stairs", "One Skala for each landing, on a motion switch."],
    ["The wardrobe", "A strip is better there. We do not make one; I can name two who do."],
    ["The workshop", "Three Nida on clamps: light from three sides leaves no shadow under a hand."],
  ];
}

/** What happened in the shop in the month before, oldest first. */
export const earlierEpisodes: Episode[] = [
  ...pasts.map(
    ([daysAgo, name, email, locale, zone, question, by, answer, end]): Episode => ({
      customer: { name, email, locale, zone },
      lines: [
        { by: "customer", minutesAgo: daysAgo * day, text: question },
        { by, minutesAgo: daysAgo * day - 20, text: answer },
      ],
      end,
    }),
  ),
  long,
];
