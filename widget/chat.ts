export { BesedaChat } from "./elements/chat.ts";
