/** What is inspected is learnt in packet order and never told, whatever facts are selected. */
import { expect, test } from "vitest";
import { assemble } from "../../src/classifier/create.js";
import type { Lesson, Newcomer } from "../../src/classifier/knowledge.js";
import type { EngineKind } from "../../src/engine/index.js";
import { compile } from "../../src/language/compile.js";
import {
  accept,
  capture,
  client,
  opt,
  protocol,
  report,
  run,
  server,
  step,
  tcp,
  textFact,
  numberFact,
  u16,
  udp,
} from "../../src/language/vocabulary.js";
import { engineKinds, formatEvent, loadModule } from "../support/classifier.js";
import { packetsOf } from "../support/conversations.js";

const rest = [
  opt(" at ", capture("address", run("0-9."))),
  opt(" on ", u16("port"), report("port")),
  opt(" by ", capture("tool", run("a-z"))),
];
const acme = protocol({
  name: "acme",
  title: "Acme",
  category: "test",
  source: "this test",
  signatures: {
    connection: { over: "tcp", client: [step("ACME-CONNECT")], watch: step("later", ...rest) },
    hello: {
      over: "udp",
      client: [step("ACME-HELLO", accept, ...rest)],
      watch: step("later", ...rest),
    },
  },
  facts: { tool: textFact("D5") },
  inspects: { address: textFact("D4"), port: numberFact("D5") },
});
const catalog = compile([acme]);

async function observe(
  packets: readonly Uint8Array[],
  facts: boolean | string[],
  engine: EngineKind = "wasm",
) {
  const lessons: Lesson[] = [];
  const met: Newcomer[] = [];
  const lines: string[] = [];
  const classifier = await assemble(
    {
      catalog,
      loadModule,
      learners: [{ learn: (lesson) => lessons.push(lesson), meet: (each) => met.push(each) }],
    },
    { engine, facts, seed: 1, maxFlows: 64, onEvent: (event) => lines.push(formatEvent(event)) },
  );
  packets.forEach((packet, index) => classifier.push(packet, { seconds: index, nanoseconds: 7 }));
  classifier.finish();
  classifier.close();
  return { lessons, met, lines };
}

const said = udp(
  client("ACME-HELLO at 192.0.2.77 on \x12\x34 by nobody"),
  server("later at 192.0.2.78"),
  client("later on \0\x50 by somebody"),
);

test.each(engineKinds)(
  "%s: messages are learnt from, with what they said in order",
  async (engine) => {
    const { lessons, met } = await observe(packetsOf(said), true, engine);
    expect(lessons.map(({ facts, fromB, seconds }) => ({ facts, fromB, seconds }))).toEqual([
      {
        facts: [
          ["acme.address", "192.0.2.77"],
          ["acme.port", 0x1234],
        ],
        fromB: false,
        seconds: 0,
      },
      { facts: [["acme.address", "192.0.2.78"]], fromB: true, seconds: 1 },
      { facts: [["acme.port", 0x50]], fromB: false, seconds: 2 },
    ]);
    expect(lessons[0]).toMatchObject({
      flow: 1,
      protocol: "acme",
      key: { addressA: "192.0.2.1", addressB: "198.51.100.2", portA: 40000, portB: 9 },
      nanoseconds: 7,
    });
    expect(met).toMatchObject([{ flow: 1, fromB: false, seconds: 0 }]);
  },
);

test.each([[true], [false], [["acme.*"]], [["D5"]]])(
  "with facts %j it is learnt and not told",
  async (facts) => {
    const { lessons, lines } = await observe(packetsOf(said), facts);
    expect(lessons).toHaveLength(3);
    expect(lines.join()).toContain("acme/hello");
    for (const secret of ["192.0.2.7", "4660", "acme.address", "acme.port"]) {
      expect(lines.join()).not.toContain(secret);
    }
    expect(lines.join().includes("nobody")).toBe(facts !== false);
  },
);

test("a connection's later segments are watched too", async () => {
  const { lessons } = await observe(
    packetsOf(tcp(client("ACME-CONNECT"), server("welcome"), server("later on \0\x51"))),
    false,
  );
  expect(lessons).toMatchObject([{ facts: [["acme.port", 0x51]], fromB: true }]);
});

test("flows of another name teach nothing", async () => {
  const { lessons } = await observe(packetsOf(udp(client("later at 192.0.2.78"))), true);
  expect(lessons).toEqual([]);
});

test("what is inspected is no fact too", () => {
  expect(() => compile([{ ...acme, facts: { ...acme.facts, port: numberFact("D5") } }])).toThrow(
    '"port" is a fact and inspected',
  );
});
