// Settings for tests, in place before lib/env.ts is first read. Keys and addresses of no use to anybody.
const settings = {
  NODE_ENV: "test",
  APP_ORIGIN: "http://localhost:3000",
  DATABASE_URL: "postgresql://nobody:nothing@127.0.0.1:9/none",
  AUTH_SECRET: "a secret of forty characters for the tests",
  SECRETS_KEYS: `k1:${Buffer.alloc(32, 1).toString("base64")}`,
  CODE_PEPPERS: `p1:${Buffer.alloc(32, 2).toString("base64")}`,
  SYSTEM_SMTP_URL: "smtp://127.0.0.1:9",
  SYSTEM_MAIL_FROM: "no-reply@reachable.example",
  SYSTEM_SMS_URL: "http://127.0.0.1:9/texts",
  DNS_SERVERS: "127.0.0.1:9",
  LOG_LEVEL: "silent",
};

Object.assign(process.env, settings);
