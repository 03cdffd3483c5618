const HIDDEN = "[redacted]";
const MAX_DEPTH = 10;
const MAX_LENGTH = 16_384;
const CODE_DIGITS = 6;

const SECRET_KEY =
  /^(?:(?:proxy-?)?authorization|(?:set-?)?cookies?|auth|p256dh|.*(?:password|passwd|passphrase|secret|token|api[_-]?key|private[_-]?key|pepper)s?)$/i;

const TEXT_RULES: readonly (readonly [RegExp, string])[] = [
  [/(\/(?:verify|invitation|reset-password)\/)[^/?#\s"'\\&]+/g, `$1${HIDDEN}`],
  [/([?&](?:token|code|key|secret|password)=)[^&#\s"'\\]+/gi, `$1${HIDDEN}`],
  [/(?<![a-z0-9+.-])([a-z][a-z0-9+.-]*:\/\/)[^/?#\s"'\\@]+@/gi, `$1${HIDDEN}@`],
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g, HIDDEN],
  [/(?<![A-Za-z0-9])([sp]k_)[A-Za-z0-9]{16,}/g, `$1${HIDDEN}`],
  [/(?<![\w-])eyJ[\w-]+\.[\w-]+\.[\w-]*/g, HIDDEN],
  [/\b(bearer|basic)\s+[a-z0-9+/_.~=-]{8,}/gi, `$1 ${HIDDEN}`],
  [/(?<![\w-])[\w-]{43}(?![\w-])/g, HIDDEN],
  [/(#|\bcode\b\D{0,12})\d{6}(?!\d)/gi, `$1${HIDDEN}`],
  [/(?<![\w.+-])(\w)[\w.+-]*@((?:[\p{L}\p{N}-]{1,63}\.)+\p{L}{2,63})/gu, "$1***@$2"],
  [/(\+\d{2})\d{4,11}(\d{2})(?!\d)/g, "$1******$2"],
];

/** Takes out of running text what must not stand in a log: link tokens, credentials in addresses, codes, people's addresses. */
export function redactText(text: string): string {
  const head = text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}…` : text;
  return TEXT_RULES.reduce((clean, [pattern, replacement]) => clean.replace(pattern, replacement), head);
}

/** The path alone, its tokens taken out. What follows "?" or "#" is not for logs. */
export function redactPath(url: string): string {
  return redactText(url.replace(/[?#].*$/s, ""));
}

/** The same for plain data, where a field's name can tell that its value is a secret. */
export function redactValue(value: unknown, depth = 0): unknown {
  if (typeof value === "string") {
    return redactText(value);
  }
  if (typeof value !== "object" || value === null) {
    return value;
  }
  if (depth === MAX_DEPTH) {
    return "[too deep]";
  }
  if (Array.isArray(value)) {
    return value.map((item) => redactValue(item, depth + 1));
  }
  const fields = Object.entries(value);
  return Object.fromEntries(fields.map(([key, field]) => [key, isSecret(key, field) ? HIDDEN : redactValue(field, depth + 1)]));
}

function isSecret(key: string, value: unknown): boolean {
  if (value === null || typeof value === "boolean") {
    return false;
  }
  // An error's code is a word or a short number and stays; what could be a code that somebody typed does not.
  if (/code$/i.test(key) && (typeof value === "string" || typeof value === "number")) {
    return String(value).replace(/\D/g, "").length >= CODE_DIGITS;
  }
  return SECRET_KEY.test(key);
}
