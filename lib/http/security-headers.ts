export type Mode = "production" | "development" | "test";

export type PolicySettings = { readonly appOrigin: string; readonly mode: Mode };

/** Pages whose address holds a token. */
const TOKEN_PAGE = /^\/(?:verify|invitation|reset-password|setup)(?:\/|$)/;
const BUILD_FILE = "/_next/static/";
const PUBLIC_FILE = /^\/[^/]+\.(?:ico|svg|png|jpg|webp|woff2|webmanifest|txt|xml|js)$/;

const TURNSTILE = "https://challenges.cloudflare.com";
const PERMISSIONS = [
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
].map((feature) => `${feature}=()`);

/** The enforced policy of every page (R58). Development adds what hot reload and the error overlay need. */
export function contentSecurityPolicy(nonce: string, { appOrigin, mode }: PolicySettings): string {
  const dev = mode === "development";
  const directives = [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${dev ? " 'unsafe-eval'" : ""}`,
    dev ? "style-src 'self' 'unsafe-inline'" : `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    dev ? "connect-src 'self' ws: wss:" : "connect-src 'self'",
    `frame-src ${TURNSTILE}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ];
  return [...directives, ...(isHttps(appOrigin) ? ["upgrade-insecure-requests"] : [])].join("; ");
}

/** What every answer carries, whatever answers it. */
export function securityHeaders(path: string, nonce: string, settings: PolicySettings): Record<string, string> {
  return {
    "Content-Security-Policy": contentSecurityPolicy(nonce, settings),
    "Content-Security-Policy-Report-Only": "require-trusted-types-for 'script'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": [...PERMISSIONS, "otp-credentials=(self)"].join(", "),
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    ...(isHttps(settings.appOrigin) ? { "Strict-Transport-Security": "max-age=31536000; includeSubDomains" } : {}),
    ...(mayBeCached(path) ? {} : { "Cache-Control": "no-store" }),
    ...(TOKEN_PAGE.test(path) ? { "X-Robots-Tag": "noindex" } : {}),
  };
}

export function isBuildFile(path: string): boolean {
  return path.startsWith(BUILD_FILE);
}

function mayBeCached(path: string): boolean {
  return isBuildFile(path) || PUBLIC_FILE.test(path);
}

function isHttps(origin: string): boolean {
  return origin.startsWith("https:");
}
