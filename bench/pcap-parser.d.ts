/** npm's pcap-parser has no types; this is what `naive.mjs` uses. */
declare module "pcap-parser" {
  export interface PcapPacket {
    header: {
      timestampSeconds: number;
      timestampMicroseconds: number;
      capturedLength: number;
      originalLength: number;
    };
    data: Buffer;
  }

  export interface PcapParser {
    on(event: "packet", listener: (packet: PcapPacket) => void): this;
    on(event: "error", listener: (error: Error) => void): this;
    on(event: "end", listener: () => void): this;
  }

  export function parse(input: string | NodeJS.ReadableStream): PcapParser;
}
