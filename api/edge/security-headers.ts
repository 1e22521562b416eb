import helmet from "koa-helmet";
import type { Middleware } from "koa";

export type SecuritySettings = {
  publicUrl: string;
  issuer: string;
  /** Whether our own pages may stand in a frame of our own, as the demo's page for trying out has them. */
  mayFrameItself: boolean;
};

/**
 * The headers that every answer carries: a Content-Security-Policy by which no page loads, frames or runs anything but our
 * own files, and nothing inline; `form-action` also names the identity provider, since signing out leads there by a form.
 */
export function securityHeaders({ publicUrl, issuer, mayFrameItself }: SecuritySettings): Middleware {
  const issuerOrigin = new URL(issuer).origin;
  const formTargets = issuerOrigin === new URL(publicUrl).origin ? ["'self'"] : ["'self'", issuerOrigin];
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", "data:"],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        formAction: formTargets,
        baseUri: ["'none'"],
        frameAncestors: [mayFrameItself ? "'self'" : "'none'"],
        objectSrc: ["'none'"],
      },
    },
    // "no-referrer" would make browsers send "Origin: null" with our own forms, which the CSRF guard may have to read.
    referrerPolicy: { policy: "same-origin" },
    strictTransportSecurity: publicUrl.startsWith("https://") && { maxAge: 31_536_000, includeSubDomains: false },
    xFrameOptions: { action: mayFrameItself ? "sameorigin" : "deny" },
  });
}
