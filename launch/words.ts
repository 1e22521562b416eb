import { launchWords } from "../words/launch.ts";

const language = process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG || "";

/** The launcher's words in the language of the terminal. */
export const words = language.startsWith("ru") ? launchWords.ru : launchWords.en;
