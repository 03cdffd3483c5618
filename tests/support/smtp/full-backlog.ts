import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect, type Socket } from "node:net";

const LISTEN = `require("node:net").createServer().listen({ port: 0, host: "127.0.0.1", backlog: 1 }, function () {
  process.send(this.address().port);
});`;
const FILLERS = 8;

/** A port whose packets are dropped, as a firewall does: its program is halted and its queue is full. */
export async function startFilteredPort(): Promise<{ port: number; stop: () => void }> {
  const child = spawn(process.execPath, ["-e", LISTEN], { stdio: ["ignore", "ignore", "inherit", "ipc"] });
  const [port] = (await once(child, "message")) as [number];
  child.kill("SIGSTOP");
  const fillers: Socket[] = [];
  for (let count = 0; count < FILLERS; count += 1) {
    const socket = connect(port, "127.0.0.1");
    socket.on("error", () => undefined);
    fillers.push(socket);
  }
  // The queue takes backlog + 1; what is beyond stays without an answer.
  await once(fillers[0] as Socket, "connect");
  return {
    port,
    stop: () => {
      for (const socket of fillers) socket.destroy();
      child.kill("SIGKILL");
    },
  };
}
