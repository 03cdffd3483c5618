export type Mode = "production" | "development" | "test";

/** `turnstile`: what is set of it, where it is on. */
export type PolicySettings = { readonly appOrigin: string; readonly mode: Mode; readonly turnstile?: object | null };

/** Pages whose address holds a token. */
const TOKEN_PAGE = /^\/(?:verify|invitation|reset-password|setup)(?:\/|$)/;

/** A caught mail's own HTML, which a page of ours shows in a frame: no script, no origin, and nothing fetched. */
const FRAMED_MAIL = /^\/catcher\/mail\/[^/]+\/html$/;
const MAIL_POLICY = [
  "default-src 'none'",
  "img-src data:",
  "style-src 'unsafe-inline'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'self'",
  "sandbox allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation",
].join("; ");

const TURNSTILE = "https://challenges.cloudflare.com";
const SWITCHED_OFF = [
  "accelerometer",
  "browsing-topics",
  "camera",
  "display-capture",
  "geolocation",
  "gyroscope",
  "hid",
  "magnetometer",
  "microphone",
  "midi",
  "payment",
  "serial",
  "usb",
  "xr-spatial-tracking",
];
const PERMISSIONS = [...SWITCHED_OFF.map((feature) => `${feature}=()`), "otp-credentials=(self)"].join(", ");

/** The enforced policy of every page (R58). Development adds what hot reload and the error overlay need. */
export function contentSecurityPolicy(nonce: string, { appOrigin, mode, turnstile }: PolicySettings): string {
  const dev = mode === "development";
  const challenge = turnstile ? ` ${TURNSTILE}` : "";
  const directives = [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${challenge}${dev ? " 'unsafe-eval'" : ""}`,
    dev ? "style-src 'self' 'unsafe-inline'" : `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    dev ? "connect-src 'self' ws: wss:" : "connect-src 'self'",
    `frame-src 'self'${challenge}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ];
  return [...directives, ...(isHttps(appOrigin) ? ["upgrade-insecure-requests"] : [])].join("; ");
}

/** What every answer carries, whatever answers it. */
export function securityHeaders(path: string, nonce: string, settings: PolicySettings): Record<string, string> {
  const framed = FRAMED_MAIL.test(path);
  return {
    "Content-Security-Policy": framed ? MAIL_POLICY : contentSecurityPolicy(nonce, settings),
    // Hot reload evaluates text all the time, and every time would be a report.
    ...(settings.mode === "development" ? {} : { "Content-Security-Policy-Report-Only": "require-trusted-types-for 'script'" }),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": PERMISSIONS,
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": framed ? "SAMEORIGIN" : "DENY",
    ...(isHttps(settings.appOrigin) ? { "Strict-Transport-Security": "max-age=31536000; includeSubDomains" } : {}),
    ...(TOKEN_PAGE.test(path) ? { "X-Robots-Tag": "noindex" } : {}),
  };
}

function isHttps(origin: string): boolean {
  return origin.startsWith("https:");
}
