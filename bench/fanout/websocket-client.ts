import { randomBytes } from "node:crypto";
import { connect, type Socket } from "node:net";

/** One WebSocket that can do no more than the measurement needs: send text, hear text, answer pings. */
export type WebSocketClient = { send: (text: string) => void; close: () => void };

export type Opening = {
  port: number;
  path: string;
  headers: Record<string, string>;
  hear: (text: string) => void;
  lost: (reason: string) => void;
};

const TEXT = 1;
const CLOSE = 8;
const PING = 9;
const PONG = 10;

/** Opens a WebSocket at 127.0.0.1 and shakes hands; rejects when the server refuses. */
export function openWebSocket({ port, path, headers, hear, lost }: Opening): Promise<WebSocketClient> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () => socket.write(handshake(path, headers)));
    const read = frameReader(socket, hear);
    let early: Buffer = Buffer.alloc(0);
    let isOpen = false;
    let isClosed = false;
    const close = () => {
      isClosed = true;
      socket.destroy();
    };
    socket.setNoDelay(true);
    socket.on("error", reject);
    socket.on(
      "close",
      () => !isClosed && (isOpen ? lost("The server closed a socket.") : reject(new Error("No handshake."))),
    );
    socket.on("data", (bytes: Buffer) => {
      if (isOpen) return read(bytes);
      early = Buffer.concat([early, bytes]);
      const end = early.indexOf("\r\n\r\n");
      if (end < 0) return;
      if (!early.toString("latin1", 0, 12).endsWith("101")) return reject(new Error(early.toString("latin1", 0, end)));
      isOpen = true;
      resolve({ send: (text) => socket.write(frame(TEXT, Buffer.from(text))), close });
      read(early.subarray(end + 4));
    });
  });
}

function handshake(path: string, headers: Record<string, string>): string {
  const all = {
    Host: "127.0.0.1",
    Connection: "Upgrade",
    Upgrade: "websocket",
    "Sec-WebSocket-Version": "13",
    ...headers,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return `GET ${path} HTTP/1.1\r\n${lines.join("")}Sec-WebSocket-Key: ${randomBytes(16).toString("base64")}\r\n\r\n`;
}

/** A client's frame, masked with zeroes, which leave the bytes as they are. */
function frame(kind: number, bytes: Buffer): Buffer {
  const head =
    bytes.length < 126
      ? [0x80 | kind, 0x80 | bytes.length]
      : [0x80 | kind, 0x80 | 126, bytes.length >> 8, bytes.length & 255];
  return Buffer.concat([Buffer.from([...head, 0, 0, 0, 0]), bytes]);
}

/** Cuts what a server sends into frames: whole, unmasked and shorter than 64 KiB, as ours and our peers' are. */
function frameReader(socket: Socket, hear: (text: string) => void): (bytes: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0);
  return (bytes) => {
    rest = rest.length === 0 ? bytes : Buffer.concat([rest, bytes]);
    while (rest.length >= 2) {
      const isLong = rest[1] === 126;
      if (isLong && rest.length < 4) return;
      const start = isLong ? 4 : 2;
      const end = start + (isLong ? rest.readUInt16BE(2) : rest[1]!);
      if (rest.length < end) return;
      const kind = rest[0]! & 15;
      if (kind === TEXT) hear(rest.toString("utf8", start, end));
      if (kind === PING) socket.write(frame(PONG, rest.subarray(start, end)));
      if (kind === CLOSE) socket.end();
      rest = rest.subarray(end);
    }
  };
}
