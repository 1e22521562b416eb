import type { BrowserContext, ConsoleMessage, Page, Request, Response } from "playwright-core";

/**
 * Answers a list that grows by whatever the pages of a browser do that no page of ours may: an error or a warning on the
 * console (a breach of the Content-Security-Policy is one), an uncaught exception, a request to another host than `origins`,
 * a document whose policy is missing or unsafe.
 */
export function complaintsOf(context: BrowserContext, origins: readonly string[]): string[] {
  const complaints: string[] = [];
  const hosts = origins.map((origin) => new URL(origin).host);
  const askAbout = (address: string) => {
    const { protocol, host } = new URL(address);
    if (/^(https?|wss?):$/.test(protocol) && !hosts.includes(host)) complaints.push(`foreign host: ${address}`);
  };
  context.on("console", (message: ConsoleMessage) => {
    if (["error", "warning"].includes(message.type())) complaints.push(`console: ${told(message)}`);
  });
  context.on("weberror", (problem) => complaints.push(`uncaught: ${problem.error().message}`));
  context.on("request", (request: Request) => askAbout(request.url()));
  context.on("page", (page: Page) => page.on("websocket", (socket) => askAbout(socket.url())));
  context.on("response", (response: Response) => {
    if (response.request().resourceType() === "document" && !isGuarded(response))
      complaints.push(`no strict policy: ${response.url()}`);
  });
  return complaints;
}

function told(message: ConsoleMessage): string {
  return `${message.text()} (${message.location().url})`;
}

// A redirection has nothing to show, so nothing to guard.
function isGuarded(response: Response): boolean {
  const policy = response.headers()["content-security-policy"] ?? "";
  const isRedirection = response.status() >= 300 && response.status() < 400;
  return isRedirection || (policy.includes("default-src 'none'") && !policy.includes("unsafe-"));
}
