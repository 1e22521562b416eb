import { type Browser, chromium } from "playwright-core";
import { requireProgram } from "../../launch/programs.ts";

/** Without these Chromium asks its maker for updates and lists, from whoever stands behind the test. */
const quiet = ["--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

/** Opens the Chromium of this machine, without a window. */
export function openChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: requireProgram("chromium"),
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", ...quiet],
  });
}
