import type { NextConfig } from "next";
import createNextIntlPlugin from "next-intl/plugin";

const config: NextConfig = {
  output: "standalone",
  outputFileTracingRoot: import.meta.dirname,
  turbopack: { root: import.meta.dirname },
  poweredByHeader: false,
  reactStrictMode: true,
  typedRoutes: false,
  devIndicators: false,
  // A reverse proxy compresses; here it would buffer the streamed diagnosis and put secrets beside reflected input.
  compress: false,
  // The title comes with its page; streamed after it, a change of page would be announced without a name.
  htmlLimitedBots: /./,
  // `npm test` checks the types; the first `npm start` need not wait for them a second time.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: ["@node-rs/argon2", "nodemailer", "pg", "pg-boss", "pino"],
};

export default createNextIntlPlugin("./lib/i18n/request.ts")(config);
