const en = {
  title: "A message crosses",
  lead: "Both sides of one conversation, live. What you do here stays on this machine.",
  customer: "Customer",
  customerPlace: "the shop, another site",
  agent: (name: string) => `Agent ${name}`,
  agentPlace: "the portal",
  program: "Program",
  programPlace: "the public API",
  steps: ["Open the chat in the corner and write a line.", "Answer it in the portal.", "Ask the API what was said."],
  copy: "Copy",
  copied: "Copied",
  explore: "Open in GraphiQL",
  schema: "Read the schema",
  alone: "Open alone",
};

const ru: typeof en = {
  title: "Сообщение переходит",
  lead: "Обе стороны одного разговора, вживую. Всё, что вы делаете здесь, остаётся на этом компьютере.",
  customer: "Покупатель",
  customerPlace: "магазин, другой сайт",
  agent: (name) => `Сотрудник: ${name}`,
  agentPlace: "портал",
  program: "Программа",
  programPlace: "открытый API",
  steps: ["Откройте чат в углу и напишите строку.", "Ответьте в портале.", "Спросите API, что было сказано."],
  copy: "Скопировать",
  copied: "Скопировано",
  explore: "Открыть в GraphiQL",
  schema: "Читать схему",
  alone: "Открыть отдельно",
};

/** What the page for trying out says, on which shop and portal stand side by side. */
export const tryWords = { en, ru };
