import type { ProviderOutlet, Reach, SenderMail } from "@/lib/channels/providers/define";
import { AppError } from "@/lib/core/errors";
import { inInstitution } from "@/lib/db/unit-of-work";
import { env } from "@/lib/env";
import { dkimFor } from "@/lib/services/domains/internal";
import { secretKeeper } from "@/lib/services/integrations/keep-secrets";
import type { Route } from "@/lib/services/messages/route";
import { systemContext } from "@/lib/services/messages/system-context";
import { findSender } from "@/lib/services/senders/internal";
import { openSender } from "@/lib/services/senders/open-config";

/** A sender's way out, and what it writes from. */
export interface OpenOutlet {
  way: ProviderOutlet;
  fromAddress: string | null;
  fromName: string | null;
  fromNumber: string | null;
  dkim: SenderMail["dkim"];
}

/** gone: it was switched off or deleted since the message was claimed. */
export type OutletFailure = "gone" | "unreadable";

interface Entry {
  senderId: string;
  which: Route["which"];
  opened: Promise<OpenOutlet | OutletFailure>;
  users: number;
  openedAt: number;
  usedAt: number;
  /** Another one has taken its place: it closes with its last user. */
  retired: boolean;
}

const IDLE_MS = 60_000;
/** Signing keys come and go without a new revision of the sender. */
const RENEW_MS = 5 * 60_000;
const LOOK_EVERY_MS = 5_000;

/** Keeps one outlet open for each sender and revision of its settings, until it is idle or has changed (R49). */
export class SenderOutlets {
  readonly #entries = new Map<string, Entry>();
  readonly #timer: NodeJS.Timeout;
  readonly #reach: Reach;

  constructor(reach: Reach = env().reach) {
    this.#reach = reach;
    this.#timer = setInterval(() => this.#tidy(), LOOK_EVERY_MS);
    this.#timer.unref();
  }

  /** Runs `send` with the outlet of this route, or returns why there is none. */
  async use<Result>(
    institutionId: string,
    route: Route,
    send: (outlet: OpenOutlet) => Promise<Result>,
  ): Promise<{ result: Result } | { failure: OutletFailure }> {
    const entry = this.#entry(institutionId, route);
    entry.users += 1;
    try {
      const opened = await entry.opened;
      return typeof opened === "string" ? { failure: opened } : { result: await send(opened) };
    } finally {
      entry.users -= 1;
      entry.usedAt = performance.now();
      this.#closeIfDone(entry);
    }
  }

  /** What is under way ends first. */
  close(): void {
    clearInterval(this.#timer);
    for (const key of this.#entries.keys()) {
      this.#retire(key);
    }
  }

  #entry(institutionId: string, route: Route): Entry {
    const key = `${route.senderId} ${route.which} ${route.revision}`;
    const known = this.#entries.get(key);
    const now = performance.now();
    if (known && now - known.openedAt < RENEW_MS) {
      return known;
    }
    for (const [other, { senderId, which }] of this.#entries) {
      if (senderId === route.senderId && which === route.which) {
        this.#retire(other);
      }
    }
    const entry: Entry = {
      senderId: route.senderId,
      which: route.which,
      opened: open(institutionId, route, this.#reach),
      users: 0,
      openedAt: now,
      usedAt: now,
      retired: false,
    };
    this.#entries.set(key, entry);
    // what could not be opened is tried again with the next message
    const forget = () => void (this.#entries.get(key) === entry && this.#entries.delete(key));
    entry.opened.then((opened) => void (typeof opened === "string" && forget()), forget);
    return entry;
  }

  #retire(key: string): void {
    const entry = this.#entries.get(key);
    if (entry) {
      this.#entries.delete(key);
      entry.retired = true;
      this.#closeIfDone(entry);
    }
  }

  #closeIfDone(entry: Entry): void {
    if (entry.retired && entry.users === 0) {
      void entry.opened.then(
        (opened) => void (typeof opened !== "string" && opened.way.close()),
        () => undefined,
      );
    }
  }

  #tidy(): void {
    const since = performance.now() - IDLE_MS;
    for (const [key, { users, usedAt }] of this.#entries) {
      if (users === 0 && usedAt < since) {
        this.#retire(key);
      }
    }
  }
}

async function open(institutionId: string, route: Route, reach: Reach): Promise<OpenOutlet | OutletFailure> {
  try {
    return await inInstitution(institutionId, async (tx) => {
      const row = await findSender(tx, { institutionId }, route.senderId);
      const opening = await openSender(tx, systemContext(), row, route.which);
      if (!opening.ok) {
        return opening.reason === "not_sending" ? "gone" : "unreadable";
      }
      const { provider, config, fromAddress, fromName, fromNumber, revision } = opening.sender;
      const keeper = secretKeeper({ institutionId, integrationId: row.integrationId, at: { senderId: row.id, revision } });
      const dkim = fromAddress === null ? undefined : await dkimFor(tx, institutionId, fromAddress);
      return { way: provider.open(config, reach, { keeper }), fromAddress, fromName, fromNumber, dkim };
    });
  } catch (error) {
    if (error instanceof AppError) {
      return "gone";
    }
    throw error;
  }
}
