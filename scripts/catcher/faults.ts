/** What an SMTP server or a text vendor can do wrong; each is done `count` times, then all is well again. */
export const SMTP_FAULTS = ["refuse", "tempfail", "drop-at-connect", "drop-before-data", "drop-after-data", "hang-after-data"] as const;
export const TEXT_FAULTS = ["refuse", "tempfail", "drop-before", "drop-after"] as const;
export type SmtpFault = (typeof SMTP_FAULTS)[number];
export type TextFault = (typeof TEXT_FAULTS)[number];

export interface FaultOrder {
  smtp?: SmtpFault;
  texts?: TextFault;
  count?: number;
}

export class Faults {
  #smtp: { fault: SmtpFault; left: number } | undefined;
  #texts: { fault: TextFault; left: number } | undefined;

  /** Replaces what was ordered before; an empty order ends all faults. */
  order({ smtp, texts, count = 1 }: FaultOrder): void {
    this.#smtp = smtp === undefined ? undefined : { fault: smtp, left: count };
    this.#texts = texts === undefined ? undefined : { fault: texts, left: count };
  }

  takeSmtp(...wanted: SmtpFault[]): SmtpFault | undefined {
    return this.#smtp !== undefined && wanted.includes(this.#smtp.fault) ? take(this.#smtp) : undefined;
  }

  takeTexts(...wanted: TextFault[]): TextFault | undefined {
    return this.#texts !== undefined && wanted.includes(this.#texts.fault) ? take(this.#texts) : undefined;
  }
}

function take<F>(state: { fault: F; left: number }): F | undefined {
  if (state.left <= 0) return undefined;
  state.left -= 1;
  return state.fault;
}
