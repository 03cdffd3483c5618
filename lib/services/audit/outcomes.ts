export const AUDIT_OUTCOMES = ["success", "refused", "failed"] as const;

/** Who acts without an account: the holder of a mailed link, somebody not signed in, the worker. */
export const NAMELESS_ACTORS = ["link", "anonymous", "system"] as const;
