/** Stories of flows of each kind: what they say, and what they look like. */
import { describe, expect, test } from "vitest";
import { formatStory } from "../../src/explain/text.js";
import type { Story } from "../../src/explain/story.js";
import { bytes, ethernet, ipv4, pcapFile, tcp, TYPE_IPV4, udp } from "../support/packets.js";
import { fixtureBytes, inPieces, openBytes } from "../support/classifier.js";
import { allStories, explain, fixture } from "./stories.js";

const ends = { from: "192.0.2.1", to: "198.51.100.2" };
const back = { from: ends.to, to: ends.from };

/** A capture of one UDP flow: datagrams from the client (`>`) and from the server (`<`). */
const datagrams = (port: number, ...said: string[]) =>
  openBytes(
    bytes(
      pcapFile(
        said.map((text, index) => {
          const isClient = text.startsWith(">");
          const ports = isClient ? { from: 40000, to: port } : { from: port, to: 40000 };
          const content = text.slice(1);
          const packet = ipv4({ protocol: 17, ...(isClient ? ends : back) }, udp(ports, content));
          return { data: ethernet(TYPE_IPV4, packet), sec: 1_700_000_000 + index };
        }),
      ),
    ),
    "datagrams",
  );

/** A capture of one TCP connection, opened or not; the client says these things, a segment each. */
const segments = (port: number, opened: boolean, ...said: string[]) => {
  let sequence = 1000;
  const packets = [...(opened ? [""] : []), ...said].map((text, index) => {
    const flags = opened && index === 0 ? "S" : "PA";
    const segment = tcp({ from: 40000, to: port, sequence, flags }, text);
    sequence += text.length + (flags === "S" ? 1 : 0);
    return { data: ethernet(TYPE_IPV4, ipv4({ protocol: 6, ...ends }, segment)) };
  });
  return openBytes(bytes(pcapFile(packets)), "segments");
};

const markTexts = ({ said }: Story) =>
  said.flatMap(({ bytes: shown, marks }) => {
    const all = shown.split(" ").map((pair) => Number.parseInt(pair, 16));
    return marks.map(({ start, end }) => String.fromCharCode(...all.slice(start, end)));
  });

describe("a flow named by payload", () => {
  const request = "GET /index.html HTTP/1.1\r\nHost: www.example.org\r\n\r\n";

  test("its bytes are marked, its parts add up, its facts have places", async () => {
    const story = await explain(segments(8080, true, request), 1);
    expect(story.record.protocol).toBe("http");
    expect(story.why[0]).toMatch(/^http\/request has \d+ bits of evidence with packet 2/);
    expect(markTexts(story)).toEqual(
      expect.arrayContaining(["GET", "/index.html", "HTTP/1.1", "www.example.org"]),
    );
    const [step] = story.evidence!.steps;
    for (const background of ["uniform", "integers", "text", "tls"] as const) {
      const sum = step!.parts.reduce((total, part) => total + part.bits[background]!, 0);
      expect(Math.abs(sum - step!.bits[background]!)).toBeLessThan(1);
    }
    const bits = story.evidence!.bits;
    expect(bits[story.evidence!.decidedBy]).toBe(
      Math.min(...Object.values(bits).map((each) => each ?? Infinity)),
    );
    const host = story.facts.find(({ name }) => name === "http.host")!;
    expect([host.value, host.direction, host.level]).toEqual(["www.example.org", "toServer", "D4"]);
    expect(request.slice(host.start, host.end)).toBe("www.example.org");
  });

  test("however it was cut into segments and pieces", async () => {
    const { said, evidence, facts } = await explain(segments(8080, true, ...request), 1);
    const whole = await explain(segments(8080, true, request), 1);
    expect(said[0]!.marks).toEqual(whole.said[0]!.marks);
    expect(evidence!.bits).toEqual(whole.evidence!.bits);
    expect(facts.map(({ name, start }) => [name, start])).toEqual(
      whole.facts.map(({ name, start }) => [name, start]),
    );
  });

  test("whichever engine, and however the capture comes", async () => {
    const file = "http/nginx-curl.pcap";
    const stories = await Promise.all(
      (["wasm", "wasm-scalar", "typescript"] as const).map((engine) =>
        explain(fixture(file), 3, { engine }),
      ),
    );
    expect(stories[1]).toEqual(stories[0]);
    expect(stories[2]).toEqual(stories[0]);
    expect(
      await explain(
        inPieces(fixtureBytes(file), () => 100, file),
        3,
      ),
    ).toEqual(stories[0]);
  });

  test("candidates that fell say what they wanted and what was there", async () => {
    const { fallen } = await explain(segments(25, true, "GE"), 1);
    const all = fallen.map(({ signature, offset, found, wanted }) => ({
      signature,
      offset,
      found,
      wanted,
    }));
    expect(all).toContainEqual({
      signature: "gnutella/connect",
      offset: 0,
      found: "47 45",
      wanted: '"GNUTELLA CONNECT/0."',
    });
  });

  test("candidates that fell late are told with the packet of the bytes that spoke against them", async () => {
    const story = await explain(segments(25, true, "a file of the laboratory\n", ""), 1);
    const ssh = story.fallen.find(({ signature }) => signature === "ssh/identification")!;
    expect([ssh.packet, ssh.side, ssh.direction]).toEqual([2, "first", "toServer"]);
  });

  test("facts are marked where they were read, also if they are a part of a number", async () => {
    const story = await explain(fixture("demo.pcapng"), 2);
    for (const { name, direction, packet, start, end } of story.facts) {
      const marks = story.said.find(
        (said) => said.direction === direction && said.packet === packet,
      )!.marks;
      expect(
        marks.some((mark) => mark.fact === name && mark.start === start && mark.end === end),
        name,
      ).toBe(true);
    }
    expect(story.facts.map(({ name }) => name)).toContain("dns.response");
  });

  test("patterns are whole in the story, and cut in its text", async () => {
    const story = await explain(segments(6881, true, "version of what it is"), 1);
    const [first] = story.fallen;
    const wanted = `"${"x".repeat(200)}"`;
    expect(formatStory({ ...story, fallen: [{ ...first!, wanted }] })).toContain(
      `${"x".repeat(118)}…`,
    );
    const { evidence } = await explain(fixture("demo.pcapng"), 2);
    const patterns = evidence!.steps.flatMap(({ parts }) => parts.map(({ pattern }) => pattern));
    expect(patterns.some((pattern) => pattern.length > 120)).toBe(true);
    expect(patterns.some((pattern) => pattern.endsWith("…"))).toBe(false);
  });

  test("relations between messages are told with their numbers", async () => {
    const { evidence, record } = await explain(fixture("ntp/chrony.pcap"), 3);
    expect(record.protocol).toBe("ntp");
    const server = evidence!.steps.find(({ side }) => side === "server")!;
    expect(server.relations).toContainEqual(
      expect.stringMatching(/^seconds repeats the one remembered: (0x\w+), and \1 before$/),
    );
    expect(
      server.parts.some(
        ({ pattern, start }) => pattern.startsWith("seconds repeats") && start === 24,
      ),
    ).toBe(true);
  });
});

describe("flows named otherwise", () => {
  test("by header", async () => {
    const { record, why, said, evidence } = await explain(fixture("icmp/ping.pcap"), 1);
    expect([record.evidence.grade, said, evidence]).toEqual(["header", [], null]);
    expect(why[0]).toMatch(/the header alone says so/);
  });

  test("by refinement", async () => {
    const { record, why, evidence } = await explain(fixture("mdns/avahi.pcap"), 3);
    expect([record.protocol, evidence!.protocol]).toEqual(["mdns", "dns"]);
    expect(why.join(" ")).toContain("The format is that of DNS; it is spoken to ff02::fb");
  });

  test("corroborated by the port", async () => {
    const { record, why } = await explain(fixture("ntp/unanswered.pcap"), 3);
    expect(record.evidence.grade).toBe("corroborated");
    expect(why[0]).toMatch(/too little for a name .* on the port registered for Network Time/);
  });

  test("guessed from the port", async () => {
    const { record, why, evidence } = await explain(
      segments(443, true, "\x90\x91\x92\x93\x94\x95\x96\x97"),
      1,
    );
    expect([record.protocol, record.portGuess, evidence]).toEqual([null, "https", null]);
    expect(why.join(" ")).toMatch(
      /signatures over tcp .* failed.*Port 443 is registered for https/,
    );
  });

  test("not at all: little evidence, or nothing said", async () => {
    const weak = await explain(
      datagrams(9, `>${String.fromCharCode(0x23)}\0\x06 ${"\0".repeat(36)}T&A\xea\x891#5`),
      1,
    );
    expect(weak.record.protocol).toBe(null);
    expect(weak.why[0]).toMatch(/^ntp\/exchange came nearest, with \d+ of 30 bits/);
    const silent = await explain(segments(9, true), 1);
    expect(silent.why[0]).toBe(
      "No packet carried payload that was read: nothing could speak for a name.",
    );
  });

  test("from the middle of a connection", async () => {
    const { why } = await explain(segments(22, false, "SSH-2.0-x\r\n"), 1);
    expect(why.at(-1)).toMatch(/^Its beginning was not captured/);
  });
});

describe("bounds and mistakes", () => {
  test("packets and bytes are as many as asked for", async () => {
    const story = await explain(fixture("ssh/openssh.pcap"), 3, { packets: 2, bytes: 10 });
    expect([story.packets.length, story.packetCount]).toEqual([2, 46]);
    expect(story.said.map(({ bytes: shown }) => shown.split(" ").length)).toEqual([10, 10]);
    expect(story.packets[0]).toMatchObject({
      number: 1,
      direction: "toServer",
      time: 0,
      flags: "SYN",
    });
  });

  test("a flow in parts: up to its end, or to that of a part", async () => {
    const source = () => datagrams(9, ">a", ">b", ">c", ">d", ">e");
    const whole = await explain(source(), 1, { activeTimeout: 2 });
    expect([whole.record.ended.part, whole.packetCount]).toEqual([2, 5]);
    expect(whole.why.at(-1)).toMatch(/from its beginning to the end of part 2/);
    const first = await explain(source(), 1, { activeTimeout: 2, part: 1 });
    expect([first.record.ended.part, first.packetCount]).toEqual([1, 3]);
    expect(first.said).toHaveLength(3);
    expect(first.agrees).toBe(true);
    expect(formatStory(first)).toMatch(/^flow 1 part 1 {2}udp/);
    await expect(explain(source(), 1, { activeTimeout: 2, part: 3 })).rejects.toThrow(
      "part: flow 1 has parts 1 to 2",
    );
  });

  test("a flow that is not there", async () => {
    const source = () => fixture("ssh/openssh.pcap");
    await expect(explain(source(), 99)).rejects.toMatchObject({
      option: "flow",
      message: "flow: there is no flow 99; flows are numbered 1 to 7",
    });
    await expect(explain(source(), 0)).rejects.toMatchObject({ option: "flow" });
    await expect(explain(source(), 1, { bytes: -1 })).rejects.toMatchObject({ option: "bytes" });
  });

  test("a capture that ends too early tells what was there, or says why not", async () => {
    const whole = fixtureBytes("ssh/openssh.pcap");
    const cut = () => openBytes(whole.subarray(0, 2000), "cut.pcap");
    const story = await explain(cut(), 3);
    expect(story.problem).toMatch(/^cut\.pcap: byte \d+: /);
    await expect(explain(cut(), 99)).rejects.toMatchObject({ code: "TRUNCATED" });
  });

  test("what comes behind the flow's end is not read", async () => {
    const frame = (from: number, sec: number) => ({
      data: ethernet(TYPE_IPV4, ipv4({ protocol: 17, ...ends }, udp({ from, to: 9 }, "said"))),
      sec,
    });
    const later = Array.from({ length: 100 }, (_, index) => frame(2, 1000 + index));
    const capture = bytes(pcapFile([frame(1, 0), ...later]));
    let pieces = 0;
    const source = inPieces(capture, () => (pieces++, 200));
    expect((await explain(source, 1)).packetCount).toBe(1);
    expect(pieces * 200).toBeLessThan(capture.length / 2);
  });
});

describe("text", () => {
  test("marks stand under their bytes, and colours only where a style gives them", async () => {
    const story = await explain(segments(2222, true, "SSH-2.0-Go\r\n"), 1);
    const lines = formatStory(story).split("\n");
    const row = lines.findIndex((line) => line.startsWith("  0000  53 53 48 2d"));
    expect(lines[row + 1]).toMatch(/^ {8}1─────────┘ 2─────────┘ {2}3───┘ 4───┘$/);
    expect(lines).toContainEqual(expect.stringMatching(/1 {2}bytes 0…3 {2}"SSH-"$/));
    const styled = formatStory(story, { style: (tone, text) => `<${tone}:${text}>` });
    expect(styled).toContain("<proved:53> <proved:53>");
    expect(styled).toContain("<likely:47> <likely:6f>");
    const strip = (text: string) => text.replaceAll(/<\w+:([^>]*)>/g, "$1");
    expect(strip(styled)).toBe(formatStory(story));
  });

  test("nothing of the traffic reaches a terminal as it is", async () => {
    const text = formatStory(
      await explain(
        segments(80, true, "GET /\x1b[31m HTTP/1.1\r\nHost: a\r\nServer: \x9b1m\r\n\r\n"),
        1,
      ),
    );
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
  });

  test("every story of the demonstration has a text and is JSON", async () => {
    for (const story of await allStories(() => fixture("demo.pcapng"))) {
      expect(formatStory(story).split("\n").length).toBeGreaterThan(3);
      expect(JSON.parse(JSON.stringify(story))).toEqual(story);
    }
  });
});
