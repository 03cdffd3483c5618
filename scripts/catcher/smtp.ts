import type { Socket } from "node:net";
import { buffer } from "node:stream/consumers";
import { SMTPServer, type SMTPServerSession } from "smtp-server";
import type { Faults } from "./faults";
import type { CaughtStore } from "./store";

const SIZE_LIMIT = 5_000_000;

export interface SmtpCatcher {
  port: number;
  close(): Promise<void>;
}

/** A real SMTP server that delivers to nobody: it keeps what it is given. */
export async function startSmtp(store: CaughtStore, faults: Faults, host: string, port: number): Promise<SmtpCatcher> {
  const sockets = new Map<number, Socket>();
  const drop = (session: SMTPServerSession) => sockets.get(session.remotePort)?.destroy();
  const server = new SMTPServer({
    name: "catcher",
    banner: "everything stays here",
    disabledCommands: ["AUTH", "STARTTLS"],
    disableReverseLookup: true,
    size: SIZE_LIMIT,
    logger: false,
    onConnect: (session, done) => {
      if (faults.takeSmtp("drop-at-connect")) drop(session);
      else done();
    },
    onMailFrom: (_address, session, done) => {
      if (faults.takeSmtp("drop-before-data")) drop(session);
      else done();
    },
    onRcptTo: (_address, _session, done) => {
      const fault = faults.takeSmtp("refuse", "tempfail");
      if (fault === "refuse") done(reply(550, "5.1.1 no such mailbox"));
      else if (fault === "tempfail") done(reply(451, "4.7.1 try again later"));
      else done();
    },
    onData: (stream, session, done) => {
      buffer(stream)
        .then(async (raw) => {
          if (stream.sizeExceeded) return done(reply(552, "5.3.4 too large"));
          const { mailFrom, rcptTo } = session.envelope;
          const caught = await store.add({
            kind: "mail",
            from: mailFrom === false ? "" : mailFrom.address,
            to: rcptTo.map(({ address }) => address),
            raw: raw.toString("base64"),
          });
          const fault = faults.takeSmtp("drop-after-data", "hang-after-data");
          if (fault === "drop-after-data") drop(session);
          else if (fault === undefined) done(null, `kept as ${caught.id}`);
        })
        .catch((error: Error) => done(error));
    },
  });
  server.on("error", () => undefined);
  server.server.on("connection", (socket: Socket) => {
    const { remotePort } = socket;
    if (remotePort === undefined) return;
    sockets.set(remotePort, socket);
    socket.once("close", () => sockets.delete(remotePort));
  });
  await new Promise<void>((resolve, reject) => {
    server.server.once("error", reject);
    server.listen(port, host, resolve);
  });
  const address = server.server.address();
  return {
    port: typeof address === "object" && address !== null ? address.port : port,
    close: () => {
      for (const socket of sockets.values()) socket.destroy();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

function reply(responseCode: number, text: string): Error {
  return Object.assign(new Error(text), { responseCode });
}
