/** The fact that a start checks the keys with, and what those who write it lock. */
export const CANARY = "secrets_canary";
export const CANARY_LOCK = 7_263_402_000;
