import type { Catalog } from "../language/catalog.js";
import { PREFIX_LIMIT } from "../language/limits.js";
import { OptionError } from "../record/errors.js";
import type { ClassifierEvent, TrapEvent } from "../record/events.js";
import type { FlowRecord } from "../record/record.js";
import type { EngineKind } from "../engine/engine.js";
import type { FactSelection } from "../policy/mask.js";
import { suggestion } from "../policy/suggest.js";

/** Options of a classifier; all have defaults. */
export interface ClassifierOptions {
  /** Protocols of your own, as `readRules` of `clairvoie/rules` gives them. */
  rules?: { readonly catalog: Catalog };
  /** `wasm` (SIMD) where the host has it, else `wasm-scalar`, else `typescript`; a given one is used or refused. */
  engine?: EngineKind;
  /** Which facts may be emitted: all (true), none (false), or names, patterns (`tls.*`) and levels (`D4`). Fixed for life. */
  facts?: FactSelection;
  /** Seconds without a packet after which a flow has ended. Default 120. */
  idleTimeout?: number;
  /** Seconds after which a flow that goes on is reported as a part. Default 1800. */
  activeTimeout?: number;
  /** Seconds that a closed TCP flow is kept for its last packets. Default 5. */
  lingerTimeout?: number;
  /** Flows live at one time; beyond it the longest idle one is evicted. Default 262,144. */
  maxFlows?: number;
  /** Endpoints where announced flows are expected at one time, and connection ids of QUIC; beyond it the oldest is forgotten. Default 4,096. */
  maxExpectations?: number;
  /** Addresses whose names are remembered from DNS answers, so that flows to them get an application. Default 8,192; 0 remembers none. */
  maxNames?: number;
  /** Flows whose payload is being read at one time. Default: maxFlows / 4, at least 1,024. */
  maxInspections?: number;
  /** Bytes of one direction that recognition may keep. Default 4,096. */
  prefixLimit?: number;
  /** Bytes that recognition may keep of all undecided flows. Default 64 MiB. */
  prefixMemory?: number;
  /** Bytes for IP datagrams that come in fragments: 93 of them at one time with the default of 8 MiB; 0 leaves fragments as they are. */
  fragmentMemory?: number;
  /** Bytes for facts, and for messages that wait for their answer, of all open flows; what does not fit is not kept. Default 256 MiB. */
  factMemory?: number;
  /** TCP payload packets that may arrive behind a gap before it is given up. Default 32. */
  gapPackets?: number;
  /** Datagrams of a direction that are read at most for naming. Default 64. */
  messageLimit?: number;
  /** Seed of `communityId`, 0 to 65535: the same for all monitors whose ids are compared. Default 0. */
  communityIdSeed?: number;
  /** Seed of the hash tables: random by default, so that nobody can aim at collisions. Fix it for tests. */
  seed?: number;
  /** Called for each record, as flows end. */
  onRecord?: (record: FlowRecord) => void;
  /** Called for each event. `end` events carry the record that `onRecord` gets. */
  onEvent?: (event: ClassifierEvent) => void;
  /** Called when the engine failed and was replaced, with the event that `onEvent` gets. */
  onTrap?: (trap: TrapEvent) => void;
}

/** Options with their defaults filled in and checked. */
export interface Settings {
  idleTimeout: number;
  activeTimeout: number;
  lingerTimeout: number;
  maxFlows: number;
  maxExpectations: number;
  maxNames: number;
  maxInspections: number;
  prefixLimit: number;
  prefixMemory: number;
  fragmentMemory: number;
  factMemory: number;
  gapPackets: number;
  messageLimit: number;
  communityIdSeed: number;
  seed: number | undefined;
}

/** [default, least, most] */
const RANGES: Record<keyof Omit<Settings, "seed" | "maxInspections">, [number, number, number]> = {
  idleTimeout: [120, 1, 1_000_000],
  activeTimeout: [1800, 1, 1_000_000],
  lingerTimeout: [5, 1, 1_000_000],
  maxFlows: [262_144, 1, 4_194_304],
  maxExpectations: [4096, 0, 1_048_576],
  maxNames: [8192, 0, 1_048_576],
  prefixLimit: [PREFIX_LIMIT, 256, 65_535],
  prefixMemory: [64 * 1024 * 1024, 65_536, 1024 * 1024 * 1024],
  fragmentMemory: [8 * 1024 * 1024, 0, 1024 * 1024 * 1024],
  factMemory: [256 * 1024 * 1024, 0, 1024 * 1024 * 1024],
  gapPackets: [32, 0, 65_535],
  messageLimit: [64, 1, 65_535],
  communityIdSeed: [0, 0, 65_535],
};

const NAMES = [
  ...Object.keys(RANGES),
  "maxInspections",
  "seed",
  "engine",
  "facts",
  "rules",
  "onRecord",
  "onEvent",
  "onTrap",
];

/** Checks options; throws OptionError with the range that works. */
export function settle(options: ClassifierOptions): Settings {
  if (typeof options !== "object" || options === null) {
    throw new OptionError("options", "options: not an object of options");
  }
  for (const name of Object.keys(options)) {
    if (!NAMES.includes(name)) {
      throw new OptionError(name, `there is no option "${name}"${suggestion(name, NAMES)}`);
    }
  }
  if (options.rules !== undefined && !(options.rules?.catalog?.tables instanceof Uint8Array)) {
    throw new OptionError(
      "rules",
      'rules: not what readRules() of "clairvoie/rules" gives; it takes the text of a rule file',
    );
  }
  const settings = {} as Settings;
  for (const name of Object.keys(RANGES) as (keyof typeof RANGES)[]) {
    const [standard, least, most] = RANGES[name];
    settings[name] = whole(name, options[name] ?? standard, least, most);
  }
  settings.maxInspections = whole(
    "maxInspections",
    options.maxInspections ?? Math.min(settings.maxFlows, Math.max(1024, settings.maxFlows >>> 2)),
    1,
    settings.maxFlows,
  );
  settings.seed =
    options.seed === undefined
      ? undefined
      : whole("seed", options.seed, 0, Number.MAX_SAFE_INTEGER);
  return settings;
}

function whole(name: string, value: number, least: number, most: number): number {
  if (!Number.isInteger(value) || value < least || value > most) {
    throw new OptionError(name, `${name}: ${value} is not a whole number from ${least} to ${most}`);
  }
  return value;
}
