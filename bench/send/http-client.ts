import { connect, type Socket } from "node:net";

/** One keep-alive connection that asks one thing at a time: as little of a client as HTTP/1.1 allows. */
export type HttpClient = { post: (head: string, body: string) => Promise<string>; close: () => void };

/** Opens a connection to 127.0.0.1. `post` resolves with the whole answer, head and body. */
export async function openHttpClient(port: number): Promise<HttpClient> {
  const socket = await opened(port);
  let hear: ((answer: string) => void) | undefined;
  let fail: ((fault: Error) => void) | undefined;
  let text = "";
  socket.setEncoding("utf8");
  socket.on("data", (part: string) => {
    text += part;
    if (!isWhole(text)) return;
    const answer = text;
    text = "";
    hear?.(answer);
  });
  const gone = () => new Error("The server closed the connection.");
  socket.on("close", () => fail?.(gone()));
  const post = (head: string, body: string) =>
    new Promise<string>((resolve, reject) => {
      if (socket.destroyed) return reject(gone());
      [hear, fail] = [resolve, reject];
      socket.write(`${head}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
    });
  return { post, close: () => socket.destroy() };
}

function opened(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () => resolve(socket));
    socket.setNoDelay(true);
    socket.once("error", reject);
  });
}

function isWhole(text: string): boolean {
  const end = text.indexOf("\r\n\r\n");
  if (end < 0) return false;
  const length = /^content-length: *(\d+)/im.exec(text.slice(0, end))?.[1];
  if (length === undefined) return text.endsWith("\r\n0\r\n\r\n");
  return Buffer.byteLength(text) >= end + 4 + Number(length);
}
