import { type FaultOrder, Faults } from "./faults";
import { startHttp } from "./http";
import { startSmtp } from "./smtp";
import { CaughtStore } from "./store";

const LOOPBACK = "127.0.0.1";

export interface CatcherOptions {
  folder: string;
  token: string;
  /** 0 or none: any free one. */
  smtpPort?: number;
  httpPort?: number;
}

export interface Catcher {
  smtpUrl: string;
  url: string;
  textsUrl: string;
  token: string;
  store: CaughtStore;
  /** Orders faults in place of those ordered before; without an argument all is well again. */
  fail(order?: FaultOrder): void;
  close(): Promise<void>;
}

/** Keeps mail and texts instead of sending them. */
export async function startCatcher({ folder, token, smtpPort = 0, httpPort = 0 }: CatcherOptions): Promise<Catcher> {
  const store = await CaughtStore.open(folder);
  const faults = new Faults();
  const smtp = await startSmtp(store, faults, LOOPBACK, smtpPort);
  const http = await startHttp(store, faults, token, LOOPBACK, httpPort);
  const url = `http://${LOOPBACK}:${http.port}`;
  return {
    smtpUrl: `smtp://${LOOPBACK}:${smtp.port}`,
    url,
    textsUrl: `${url}/texts`,
    token,
    store,
    fail: (order = {}) => faults.order(order),
    close: async () => {
      await Promise.all([smtp.close(), http.close()]);
    },
  };
}
