/**
 * Formats that are recognised by their first bytes in order to say what to do with them. None is
 * read here; gzip is not in the list because every source unpacks it.
 */

interface ForeignFormat {
  readonly name: string;
  /** First bytes, in hexadecimal. */
  readonly magic: readonly string[];
  /** The command that turns the file into one that is read; without it, `editcap` does. */
  readonly unpack?: string;
}

const FOREIGN: readonly ForeignFormat[] = [
  { name: "zstd", magic: ["28b52ffd"], unpack: "zstd -dc" },
  { name: "xz", magic: ["fd377a585a00"], unpack: "xz -dc" },
  { name: "bzip2", magic: ["425a68"], unpack: "bzip2 -dc" },
  { name: "lz4", magic: ["04224d18"], unpack: "lz4 -dc" },
  { name: "zip", magic: ["504b0304"], unpack: "unzip -p" },
  { name: "7-Zip", magic: ["377abcaf271c"], unpack: "7z e -so" },
  { name: "compress", magic: ["1f9d"], unpack: "zcat" },
  { name: "modified pcap (Kuznetzov)", magic: ["a1b2cd34", "34cdb2a1"] },
  { name: "Ixia pcap", magic: ["1c0001ac", "ac01001c", "1c0001ab", "ab01001c"] },
  { name: "Microsoft Network Monitor", magic: ["474d4255", "52545353"] },
  { name: "snoop", magic: ["736e6f6f70000000"] },
  { name: "btsnoop", magic: ["6274736e6f6f7000"] },
  { name: "Sniffer (NetXRay)", magic: ["58435000", "56425800"] },
  { name: "Sniffer (DOS)", magic: ["5452534e4946462064617461"] },
  { name: "AIX iptrace", magic: ["697074726163652031", "697074726163652032"] },
  { name: "OmniPeek", magic: ["7f766572"] },
];

/** What the first bytes say they are, with a remedy; undefined where nothing is recognised. */
export function describeForeign(bytes: Uint8Array): string | undefined {
  const start = hex(bytes);
  const format = FOREIGN.find(({ magic }) => magic.some((prefix) => start.startsWith(prefix)));
  if (format === undefined) return undefined;
  return format.unpack === undefined
    ? `the ${format.name} format is not read; convert it: editcap -F pcapng <file> <new file>`
    : `${format.name} compression is not read; unpack it: ${format.unpack} <file> | clairvoie classify -`;
}

/** Bytes as lower-case hexadecimal digits. */
export function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
