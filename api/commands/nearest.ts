export { fold, nearest } from "../kernel/nearest.ts";
