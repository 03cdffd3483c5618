import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect, type Socket } from "node:net";

/** A port of 127.0.0.1 that answers no packet, as behind a firewall: its process sleeps, and its queue is full. */
export async function filteredPort(): Promise<{ port: number; stop: () => void }> {
  const listening =
    'require("net").createServer().listen({port:0,host:"127.0.0.1",backlog:1},function(){console.log(this.address().port)})';
  const child = spawn(process.execPath, ["-e", listening], { stdio: ["ignore", "pipe", "inherit"] });
  const [said] = (await once(child.stdout, "data")) as [Buffer];
  const port = Number(said.toString());
  child.kill("SIGSTOP");
  const waiting: Socket[] = [];
  const stop = () => {
    child.kill("SIGKILL");
    for (const socket of waiting) socket.destroy();
  };
  while (await fits(port, waiting)) if (waiting.length > 50) throw new Error("the queue is never full");
  return { port, stop };
}

const UNANSWERED_MS = 500;

function fits(port: number, waiting: Socket[]): Promise<boolean> {
  const socket = connect(port, "127.0.0.1");
  waiting.push(socket);
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), UNANSWERED_MS);
    socket.on("error", () => undefined);
    socket.once("connect", () => {
      clearTimeout(timer);
      resolve(true);
    });
  });
}
