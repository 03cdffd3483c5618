/** Stands for a stored secret in every answer, and in what comes back for "unchanged" (R44, R45). It is never stored. */
export const SECRET_MASK = "******";
