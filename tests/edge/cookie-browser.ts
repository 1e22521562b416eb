type Cookie = { name: string; value: string; path: string };

/** A browser as far as a sign-in needs one: keeps cookies by host and path, follows redirects, sends forms. */
export type CookieBrowser = {
  /** One request, no redirect followed. */
  request: (url: string, init?: RequestInit) => Promise<Response>;
  /** Opens an address and follows redirects to the page they end at, or to the first address that `stopAt` names. */
  open: (url: string, options?: { stopAt?: (url: URL) => boolean; init?: RequestInit }) => Promise<Page>;
  /** Sends a form as a person would from a page of the same origin. */
  submit: (url: string, fields: Record<string, string>, options?: { stopAt?: (url: URL) => boolean }) => Promise<Page>;
  cookies: () => Cookie[];
  setCookies: (cookies: Cookie[]) => void;
};

export type Page = { url: URL; status: number; text: string; headers: Headers };

/** A browser without a cookie. */
export function cookieBrowser(): CookieBrowser {
  let jar: Cookie[] = [];

  async function request(url: string, init: RequestInit = {}): Promise<Response> {
    const { pathname } = new URL(url);
    const sent = jar.filter(
      ({ path }) => pathname === path || pathname.startsWith(path.endsWith("/") ? path : `${path}/`),
    );
    const headers = new Headers(init.headers);
    if (sent.length > 0) headers.set("cookie", sent.map(({ name, value }) => `${name}=${value}`).join("; "));
    const response = await fetch(url, { ...init, headers, redirect: "manual" });
    for (const line of response.headers.getSetCookie()) keep(line);
    return response;
  }

  function keep(line: string): void {
    const [pair, ...attributes] = line.split("; ");
    const [name, value] = [pair!.slice(0, pair!.indexOf("=")), pair!.slice(pair!.indexOf("=") + 1)];
    const attribute = (key: string) =>
      attributes.find((each) => each.toLowerCase().startsWith(`${key}=`))?.slice(key.length + 1);
    const path = attribute("path") ?? "/";
    const isGone =
      value === "" || attribute("max-age") === "0" || Date.parse(attribute("expires") ?? "9999-01-01") < Date.now();
    jar = jar.filter((cookie) => cookie.name !== name || cookie.path !== path);
    if (!isGone) jar.push({ name, value, path });
  }

  async function follow(url: string, init: RequestInit, stopAt: (url: URL) => boolean): Promise<Page> {
    let response = await request(url, init);
    let at = new URL(url);
    for (let hops = 0; response.status >= 300 && response.status < 400; hops++) {
      if (hops > 10) throw new Error(`Too many redirects at ${at}`);
      at = new URL(response.headers.get("location")!, at);
      if (stopAt(at)) break;
      response = await request(at.href);
    }
    return { url: at, status: response.status, text: await response.text(), headers: response.headers };
  }

  return {
    request,
    open: (url, { stopAt = () => false, init = {} } = {}) => follow(url, init, stopAt),
    submit: (url, fields, { stopAt = () => false } = {}) => {
      const headers = { "sec-fetch-site": "same-origin" };
      return follow(url, { method: "POST", headers, body: new URLSearchParams(fields) }, stopAt);
    },
    cookies: () => jar,
    setCookies: (cookies) => {
      jar = cookies;
    },
  };
}
