import type { Socket } from "node:net";

/** Waits to be spoken to, and answers what it does not understand. */
export function httpServer(socket: Socket): void {
  socket.once("data", () => socket.end("HTTP/1.1 400 Bad Request\r\nServer: inside-admin/1.0\r\nConnection: close\r\n\r\nsecret page"));
}

export function greetsWith(greeting: string, answer = ""): (socket: Socket) => void {
  return (socket) => {
    socket.write(`${greeting}\r\n`);
    if (answer !== "") socket.on("data", () => socket.write(`${answer}\r\n`));
  };
}

export function drips(socket: Socket): void {
  const timer = setInterval(() => socket.write("2"), 50);
  socket.on("close", () => clearInterval(timer));
}

export function endlessLine(socket: Socket): void {
  const chunk = Buffer.alloc(16 * 1024, 0x61);
  const more = () => {
    while (!socket.destroyed && socket.write(chunk));
  };
  socket.on("drain", more);
  socket.write("220 ");
  more();
}
