import "../styles/try.css";
import { watchCopying } from "./copying.ts";

watchCopying();
