/**
 * The ABI: every offset, code and size that the host and an engine must agree on, written once.
 *
 * AssemblyScript compiles this very file (`assembly/abi.ts` re-exports it) and TypeScript imports it,
 * so there is nothing to keep equal by hand. Only plain `export const NAME = number` lines may stand here.
 *
 * All addresses are absolute byte addresses in the engine's one linear memory; all fields are
 * little-endian; `u8 u16 u32 f64` give a field's width. Counters are f64: exact to 2^53, and both
 * hosts read them without BigInt.
 */

export const ABI_VERSION = 1;

// ── Control block ────────────────────────────────────────────────────────────────────────────────
// At a fixed address, below it nothing is ever read or written. Offsets are from CONTROL.

export const CONTROL = 1024;
export const CONTROL_SIZE = 1024;

// Written by the host before `configure()`, read-only afterwards (u32).
export const C_ABI_VERSION = 0;
export const C_WINDOW = 4;
export const C_WINDOW_SIZE = 8;
export const C_PACKETS = 12;
export const C_PACKETS_MAX = 16;
export const C_DESCRIPTORS = 20;
export const C_DESCRIPTORS_MAX = 24;
export const C_EVENTS = 28;
export const C_EVENTS_MAX = 32;
export const C_INTERFACES = 36;
export const C_INTERFACES_MAX = 40;
export const C_CONTEXTS = 44;
export const C_CONTEXTS_MAX = 48;
export const C_UNHANDLED = 52;
export const C_UNHANDLED_MAX = 56;
export const C_ROWS = 60;
/** Rows are numbered 1 … ROWS_MAX; row 0 means "none". */
export const C_ROWS_MAX = 64;
export const C_SLOTS = 68;
/** Largest slot table, a power of two ≥ 2 × ROWS_MAX. Tables of SLOTS_MIN, 2×, 4× … SLOTS_MAX stand one behind the other in the region. */
export const C_SLOTS_MAX = 72;
export const C_SLOTS_MIN = 76;
export const C_INSPECTIONS = 80;
/** Inspections are numbered 1 … INSPECTIONS_MAX; 0 means "none". */
export const C_INSPECTIONS_MAX = 84;
export const C_PREFIXES = 88;
export const C_PREFIXES_SIZE = 92;
/** Most bytes of one direction that are kept for recognition (≤ 65,535). */
export const C_PREFIX_LIMIT = 96;
export const C_TABLES = 100;
export const C_SPANS = 104;
export const C_SPANS_MAX = 108;
export const C_DUE = 112;
export const C_DUE_MAX = 116;
export const C_SEED0 = 120;
export const C_SEED1 = 124;
/** Address of the fact mask: bit f (byte f>>3, bit f&7) is 1 where fact id f may be emitted. 512 bytes. */
export const C_MASK = 128;
/** Behind the mask, as large: bit f is 1 where the application of fact f's host is looked up, emitted or not. */
export const HOST_FACTS = 512;
/** Payload packets that may arrive behind a TCP gap before the gap is given up. */
export const C_GAP_PACKETS = 132;
/** Datagrams of one direction that are inspected at most; of a stream, as many segments as C_PREFIX_LIMIT has bytes. */
export const C_MESSAGE_LIMIT = 136;
/** Address of 64 KiB of scratch for dissectors and the choice stack. */
export const C_SCRATCH = 140;
/** Address of CRYPTO_SIZE bytes that the compiled engine's cryptography works in. */
export const C_CRYPTO = 144;
/** Address of the applications' table (`hosts-table.ts`). Not read while no bit of HOST_FACTS is set. */
export const C_HOSTS = 148;
/** Address of HPACK_SIZE bytes: Huffman code and static table of HPACK (`hpack-table.ts`). */
export const C_HPACK = 160;
/** The fragment arena, and its size: less than nine slots, and fragments are not put together. */
export const C_ARENA = 232;
export const C_ARENA_SIZE = 236;
/** Address of WHOLE_COUNT entries: the datagrams that were put together last. */
export const C_WHOLE = 240;

// Written by the host between calls (u32).
export const C_FORMAT = 256;
/** Interface number that packets of a classic capture belong to. */
export const C_INTERFACE = 260;
/** Number of interface rows in use. */
export const C_INTERFACE_COUNT = 264;
/** `track` stops before the first packet whose clock second is ≥ this. 0xffffffff: never. */
export const C_DEADLINE = 268;

// Written by `decode` (u32).
/** Address of the first window byte that was not consumed. */
export const C_CONSUMED = 320;
export const C_PACKET_COUNT = 324;
export const C_DESCRIPTOR_COUNT = 328;
/** With STOP_CORRUPT: a CORRUPT_* cause, and the value that was wrong. With STOP_BLOCK: the pcapng block type and total length. */
export const C_STOP_DETAIL = 332;
export const C_STOP_VALUE = 336;
export const C_UNHANDLED_COUNT = 340;
export const C_CONTEXT_COUNT = 344;
/** Rows behind the PACKETS_MAX that `decode` wrote for fragments it had held. */
export const C_HELD_COUNT = 352;
/** Datagrams being collected; slots whose bytes were given out by this `decode`; slots ever used. */
export const C_FRAGMENT_LIVE = 356;
export const C_FRAGMENT_GIVEN = 360;
export const C_FRAGMENT_HIGH = 364;
/** Number of the next datagram that begins; the latest second a fragment came in; the second in which the oldest times out. */
export const C_FRAGMENT_NEXT = 368;
export const C_FRAGMENT_CLOCK = 372;
export const C_FRAGMENT_DEADLINE = 376;
/** The next entry at C_WHOLE. */
export const C_WHOLE_NEXT = 380;
/**
 * What the call is at, for a host that must tell where it trapped. `decode`: the address of the record; `track`: the
 * index of the descriptor; `recognise`: the index of the due entry.
 */
export const C_AT = 444;

// Written by `track` (u32).
export const C_EVENT_COUNT = 384;
/** The capture clock: the latest packet time seen. It never runs backwards. */
export const C_CLOCK_SEC = 388;
export const C_CLOCK_NS = 392;
/** Rows in use now, and the highest row number ever used. */
export const C_ROWS_LIVE = 396;
export const C_ROWS_HIGH = 400;
export const C_ROW_FREE = 404;
/** Current slot table: its address and capacity (a power of two). */
export const C_SLOT_TABLE = 408;
export const C_SLOT_CAPACITY = 412;
/** Next flow id (f64, first id is 1). */
export const C_NEXT_ID = 416;

// Written by `recognise`, `finish`, `settle` (u32).
export const C_SPAN_COUNT = 448;
export const C_INSPECTIONS_LIVE = 452;
export const C_INSPECTIONS_HIGH = 456;
export const C_INSPECTION_FREE = 460;
/** The prefix arena is blocks of C_PREFIX_BLOCK bytes (the limit, a canary of 16 bytes, rounded up to 64). */
export const C_PREFIX_BLOCK = 464;
export const C_PREFIX_BLOCKS_MAX = 468;
export const C_PREFIX_BLOCKS_LIVE = 472;
export const C_PREFIX_BLOCKS_HIGH = 476;
export const C_PREFIX_BLOCK_FREE = 480;

// Counters (f64, added to by the engine, never reset by it).
export const C_TOTAL_PACKETS = 512;
export const C_TOTAL_BYTES = 520;
/** Packets whose time is before the clock. */
export const C_TIME_BACKWARDS = 528;
/** Packets that gave no flow at all. */
export const C_NO_FLOW = 536;
/** Packets with a MALFORMED descriptor or header. */
export const C_MALFORMED = 544;
export const C_FRAGMENTS = 552;
export const C_CONTEXT_OVERFLOW = 560;
export const C_UNHANDLED_OVERFLOW = 568;
/** Payloads that reached a matcher, and programs run, and program steps taken. */
export const C_PAYLOADS = 576;
export const C_PROGRAMS = 584;
export const C_STEPS = 592;
/** Programs ended by their step budget. */
export const C_BUDGET = 600;
/** Candidates dropped because a flow had too many. */
export const C_CANDIDATES_DROPPED = 608;
/** Flows not inspected, or directions cut short, for lack of an inspection or of prefix memory. */
export const C_INSPECTION_DENIED = 616;
export const C_PREFIX_DENIED = 624;
/** Out-of-order segments that did not fit the four ranges kept, and gaps given up. */
export const C_SEGMENTS_DROPPED = 632;
export const C_GAPS = 640;
/** Broken canaries found by the engine (must stay 0). */
export const C_CANARY = 648;
/** Datagrams put together of fragments, and their fragments. */
export const C_REASSEMBLED = 720;
export const C_REASSEMBLED_FRAGMENTS = 728;
/** Datagrams given up: incomplete in time (or with too many fragments), or for lack of a slot. */
export const C_FRAGMENTS_INCOMPLETE = 736;
export const C_FRAGMENTS_EVICTED = 744;
/** Fragments that contradict what came before them. */
export const C_FRAGMENTS_OVERLAP = 752;
/** Packets that were seen just before: copies of a mirror port. */
export const C_TWICE_PACKETS = 760;
/** Entries (u32 identification and length, addresses, content, time and TTL) of the last packets (`wire/twice.ts`). */
export const C_TWICE = 768;
export const TWICE_SIZE = 16;
export const TWICE_COUNT = 16;

// ── Window formats ───────────────────────────────────────────────────────────────────────────────
/** Pushed packets: u32 sec, nanoseconds, captured length, wire length, interface, 0; then the bytes, padded to 8. */
export const FORMAT_NATIVE = 0;
export const FORMAT_PCAP_LE_USEC = 1;
export const FORMAT_PCAP_LE_NSEC = 2;
export const FORMAT_PCAP_BE_USEC = 3;
export const FORMAT_PCAP_BE_NSEC = 4;
export const FORMAT_PCAPNG_LE = 5;
export const FORMAT_PCAPNG_BE = 6;
/** No window at all: gives up the datagrams that are incomplete. STOP_FULL: call again. */
export const FORMAT_FLUSH = 7;
export const NATIVE_HEADER = 24;

/** Largest captured length of a packet, in bytes: libpcap's MAXIMUM_SNAPLEN. */
export const MAX_PACKET = 262144;

// What `decode` returns.
/** The window holds no further complete record. */
export const STOP_DATA = 0;
/** PACKETS or DESCRIPTORS are full; process them and call again from C_CONSUMED. */
export const STOP_FULL = 1;
/** pcapng: a block that the host must read (section header, interface description) or skip; C_CONSUMED points at it. */
export const STOP_BLOCK = 2;
/** The record at C_CONSUMED cannot be right. Nothing behind it is trusted. */
export const STOP_CORRUPT = 3;

export const CORRUPT_LENGTH = 1;
export const CORRUPT_INTERFACE = 2;
export const CORRUPT_BLOCK = 3;
export const CORRUPT_TRAILER = 4;

// ── Interface rows (32 bytes) ────────────────────────────────────────────────────────────────────
export const INTERFACE_SIZE = 32;
export const I_LINK_TYPE = 0;
/** pcapng if_tsresol: 0 = 10^-exponent seconds, 1 = 2^-exponent. */
export const I_TICK_BINARY = 4;
export const I_TICK_EXPONENT = 8;
/** if_tsoffset: signed 64-bit seconds, low and high word. */
export const I_OFFSET_LOW = 12;
export const I_OFFSET_HIGH = 16;
export const I_SNAPLEN = 20;

// ── Context rows (48 bytes): interface, VLAN list, tunnel ────────────────────────────────────────
// Context 0 is interface 0 without VLAN or tunnel and always exists.
export const CONTEXT_SIZE = 48;
export const X_INTERFACE = 0;
export const X_VLAN_COUNT = 4;
/** u16 VLAN ids, outermost first, at most 8. */
export const X_VLANS = 8;
export const X_TUNNEL = 24;
export const X_VNI = 28;
/** The context of the packet that carries the tunnel, or 0. */
export const X_OUTER = 32;
export const VLANS_MAX = 8;

// X_TUNNEL: what a flow was carried by; 0 = nothing. X_VNI is the number that tells the tunnels of a
// kind apart, where both directions have the same: VNI, GRE key, ERSPAN session; otherwise 0.
export const TUNNEL_IPIP = 1;
export const TUNNEL_IPV6_IN_IP = 2;
export const TUNNEL_GRE = 3;
export const TUNNEL_PPTP = 4;
export const TUNNEL_ERSPAN = 5;
export const TUNNEL_ETHERIP = 6;
export const TUNNEL_L2TP = 7;
export const TUNNEL_L2TPV3 = 8;
export const TUNNEL_MPLS = 9;
export const TUNNEL_VXLAN = 10;
export const TUNNEL_VXLAN_GPE = 11;
export const TUNNEL_GENEVE = 12;
export const TUNNEL_GTP = 13;
export const TUNNEL_TEREDO = 14;
export const TUNNEL_TZSP = 15;
export const TUNNEL_CAPWAP = 16;
export const TUNNEL_ESP_NULL = 17;
export const TUNNEL_AH = 18;
/** Tunnels, pseudowires and service chains within each other; a packet gives one descriptor more at most. */
export const TUNNELS_MAX = 3;

// ── Unhandled rows (24 bytes): what no flow was made of ──────────────────────────────────────────
export const UNHANDLED_SIZE = 24;
export const N_KIND = 0;
export const N_VALUE = 4;
/** f64 packets, f64 bytes on the wire. */
export const N_PACKETS = 8;
export const N_BYTES = 16;
export const UNHANDLED_LINK_TYPE = 1;
export const UNHANDLED_ETHERTYPE = 2;
export const UNHANDLED_PPP = 3;
/** IEEE 802.3 length instead of an Ethertype; the value is DSAP << 8 | SSAP. */
export const UNHANDLED_LLC = 4;
export const UNHANDLED_MPLS = 5;
export const UNHANDLED_IP_VERSION = 6;
export const UNHANDLED_ARP = 7;
/** Cut off before a header was complete; the value is a LAYER_*. */
export const UNHANDLED_TRUNCATED = 8;
/** A header contradicts itself; the value is a LAYER_*. */
export const UNHANDLED_MALFORMED = 9;
/** A loopback frame of an address family that is not IP. */
export const UNHANDLED_FAMILY = 10;
/** Nested deeper than TUNNELS_MAX; the value is a TUNNEL_*, or 0 for what is no tunnel. */
export const UNHANDLED_DEPTH = 11;
/** An IEEE 802.11 frame without readable data; the value is type << 4 | subtype, plus WLAN_PROTECTED. */
export const UNHANDLED_WLAN = 12;
export const WLAN_PROTECTED = 256;
/** Frame Relay; the value is the network layer protocol's identifier. */
export const UNHANDLED_NLPID = 13;
export const LAYER_LINK = 1;
export const LAYER_VLAN = 2;
export const LAYER_MPLS = 3;
export const LAYER_PPPOE = 4;
export const LAYER_IPV4 = 5;
export const LAYER_IPV6 = 6;
export const LAYER_EXTENSION = 7;
export const LAYER_TRANSPORT = 8;
export const LAYER_ARP = 9;
export const LAYER_TUNNEL = 10;

// ── Packet rows (16 bytes) ───────────────────────────────────────────────────────────────────────
export const PACKET_SIZE = 16;
export const P_SEC = 0;
export const P_NS = 4;
/** Frame length on the wire, in bytes. */
export const P_WIRE = 8;
/** Address of the capture record in the window; 0 where that has gone, of a fragment that was held. */
export const P_RECORD = 12;

// ── Descriptors (64 bytes): one per flow that a packet belongs to ────────────────────────────────
export const DESCRIPTOR_SIZE = 64;
/** Endpoint A is the lower (address bytes, then port); IPv4 takes 4 bytes, the other 12 are 0. */
export const D_ADDRESS_A = 0;
export const D_ADDRESS_B = 16;
export const D_PORT_A = 32;
export const D_PORT_B = 34;
/** IP protocol number (IPv6: of the last header walked); 0 for ARP. */
export const D_PROTOCOL = 36;
export const D_NETWORK = 37;
export const D_FLAGS = 38;
export const D_TCP_FLAGS = 39;
export const D_CONTEXT = 40;
/** Address of the transport payload: in the window, or in the fragment arena until the next `decode`. */
export const D_PAYLOAD = 44;
/** Payload bytes that are there, and that were on the wire. */
export const D_CAPTURED = 48;
export const D_LENGTH = 52;
/** TCP: sequence number of the first payload byte (one more than the header's on a SYN). */
export const D_SEQ = 56;
/** Index of the packet row. */
export const D_PACKET = 60;
/** The key: the bytes of a descriptor (and of a slot) that identify a flow are 0 … 37 and 40 … 43. */

export const NETWORK_ARP = 1;
export const NETWORK_IPV4 = 4;
export const NETWORK_IPV6 = 6;

export const D_FLAG_SNAPPED = 1;
export const D_FLAG_MALFORMED = 2;
export const D_FLAG_FRAGMENT = 4;
/** The packet goes from B to A. */
export const D_FLAG_REVERSED = 8;
/** A fragment that was held: it is counted now and came earlier. */
export const D_FLAG_HELD = 16;
/** The same packet came just before. */
export const D_FLAG_TWICE = 32;
/** ESP whose payload is not encrypted. */
export const D_FLAG_CLEARTEXT = 64;

export const TCP_FIN = 1;
export const TCP_SYN = 2;
export const TCP_RST = 4;
export const TCP_PSH = 8;
export const TCP_ACK = 16;

export const IP_IPV4 = 4;
export const IP_TCP = 6;
export const IP_UDP = 17;
export const IP_IPV6 = 41;
export const IP_SCTP = 132;

// ── Fragment slots: one per datagram that comes in fragments ─────────────────────────────────────
/** FRAGMENT_*. */
export const F_STATE = 0;
/** Number of the datagram, in the order in which they begin; the second in which it began. */
export const F_NUMBER = 4;
export const F_SECOND = 8;
/** The key: identification, context, protocol | network << 8, addresses (IPv4 takes 4 bytes, the other 12 are 0). */
export const F_ID = 12;
export const F_CONTEXT = 16;
export const F_TRAITS = 20;
export const F_SOURCE = 24;
export const F_TARGET = 40;
/** D_FLAG_MALFORMED, where a fragment was, or where all is to be dropped (F_DROPPED is 1 then). */
export const F_FLAGS = 56;
export const F_DROPPED = 60;
/** Length of the whole, 0 until the last fragment has come; end of all that has come. */
export const F_TOTAL = 64;
export const F_HIGHEST = 68;
/** Offset of the first byte that was not captured. */
export const F_CUT = 72;
/** Units of 8 bytes that are there. */
export const F_UNITS = 76;
/** Fragments held: u32 seconds, nanoseconds, wire length, u16 offset, u16 end. */
export const F_COUNT = 80;
export const F_HELD = 128;
export const HELD_SIZE = 16;
export const HELD_MAX = 64;
/** A bit for each unit of 8 bytes that is there. */
export const F_MAP = 1152;
export const F_MAP_SIZE = 1024;
export const F_BYTES = 2176;
export const F_BYTES_MAX = 65536;
/** Behind the bytes stands a canary like a prefix block's. */
export const F_CANARY = 67712;
export const FRAGMENT_SIZE = 67776;

export const FRAGMENT_FREE = 0;
export const FRAGMENT_LIVE = 1;
/** Its bytes were given out, and stay until the next `decode`. */
export const FRAGMENT_GIVEN = 2;
/** Seconds of capture time that a datagram may take. */
export const FRAGMENT_TIMEOUT = 30;
/** Fragments that are collected of one packet: of a tunnel's, and of what it carries. */
export const FRAGMENTS_PER_PACKET = 2;
/** Rows for fragments that were held, in one `decode`: behind the PACKETS_MAX and DESCRIPTORS_MAX others. */
export const HELD_ROWS_MAX = 1024;

// ── Whole datagrams (128 bytes): what tells a fragment that comes once more ──────────────────────
export const WHOLE_SIZE = 128;
export const WHOLE_COUNT = 32;
/** From F_ID to F_TARGET as in the slot: 44 bytes. */
export const W_KEY = 0;
export const WHOLE_KEY_SIZE = 44;
/** The second in which it became whole; its length, 0 of an entry that is not in use. */
export const W_SECOND = 44;
export const W_TOTAL = 48;
/** Its first 8 bytes. */
export const W_START = 56;
/** The descriptor of its flow. */
export const W_DESCRIPTOR = 64;

// ── Slots (64 bytes): the hash table ─────────────────────────────────────────────────────────────
// 0 … 43 as in a descriptor (bytes 38 and 39 are 0).
export const SLOT_SIZE = 64;
/** Row number; 0 = empty slot. */
export const S_ROW = 44;
export const S_HASH = 48;

// ── Rows (128 bytes): one per live flow ──────────────────────────────────────────────────────────
export const ROW_SIZE = 128;
// First cache line: touched by every packet.
/** f64 packets and bytes on the wire, from A and from B. */
export const R_PACKETS_A = 0;
export const R_PACKETS_B = 8;
export const R_BYTES_A = 16;
export const R_BYTES_B = 24;
/** Latest packet time of the flow. */
export const R_LAST_SEC = 32;
export const R_LAST_NS = 36;
/** Clock second at the flow's latest packet: what idle time is measured from. */
export const R_SEEN_SEC = 40;
/** u8 STATE_*: does the host want this flow's payload? */
export const R_STATE = 44;
/** u8 ROW_* flags kept by the engine. */
export const R_FLAGS = 45;
/** u8 descriptor flags, ORed. */
export const R_MARKS = 46;
/** u8 TCP flags ORed over both directions. */
export const R_TCP_FLAGS = 47;
/** u16 history bits: bit (letter + 6 × direction) is set once that letter is in the history. */
export const R_HISTORY_SEEN = 48;
export const R_HISTORY_COUNT = 50;
export const R_SLOT = 52;
/** f64 flow id. */
export const R_ID = 56;
// Second cache line.
/** First packet time of the flow (of its current part). */
export const R_FIRST_SEC = 64;
export const R_FIRST_NS = 68;
/** History: 16 × 4 bits, first letter lowest; code 1 … 12 = 1 + letter + 6 × direction; letters S H A D F R. */
export const R_HISTORY = 72;
/** Inspection number, 0 = none. Free rows: the next free row. */
export const R_INSPECTION = 80;
/** Signature that a STATE_WATCH flow's payloads are run through (its `watch` program). TCP: see R_SEQUENCE. */
export const R_SIGNATURE = 84;
/** TCP: sequence number of the first byte from B, where its SYN was seen. A flow is watched or needs these. */
export const R_SEQUENCE_B = 84;
// Owned by the host, zeroed by the engine when the row is made.
export const R_WHEEL_NEXT = 88;
export const R_WHEEL_PREVIOUS = 92;
export const R_WHEEL_SECOND = 96;
/** u32 number of the current part, from 1 (set to 1 by the engine). */
export const R_PART = 100;
/** u32 clock second at which the current part began. */
export const R_PART_SEC = 104;
/** The verdict: u16 signature + 1, u8 grade, u8 state, u16 bits, u16 protocol + 1, u32 packet number. */
export const R_VERDICT_SIGNATURE = 108;
export const R_VERDICT_GRADE = 110;
export const R_VERDICT_STATE = 111;
export const R_VERDICT_BITS = 112;
export const R_VERDICT_PROTOCOL = 114;
export const R_VERDICT_PACKET = 116;
/** u32 host's own flags. */
export const R_NOTES = 120;
/** As R_SEQUENCE_B, from A. */
export const R_SEQUENCE_A = 124;

export const STATE_FREE = 0;
/** Payload is wanted: the flow is being inspected. */
export const STATE_INSPECT = 1;
/** Nothing more is wanted. */
export const STATE_DONE = 2;
/** Every datagram, or segment, is run through the watch program of R_SIGNATURE. */
export const STATE_WATCH = 3;
/** Payload events are wanted, by the host alone; R_SEQUENCE_B stays. */
export const STATE_FOLLOW = 4;

export const ROW_FIN_A = 1;
export const ROW_FIN_B = 2;
export const ROW_RST = 4;
/** EVENT_CLOSE was given. */
export const ROW_CLOSED = 8;
/** The first packet was a SYN or SYN-ACK: roles are known. */
export const ROW_OPENED = 16;
/** The client is endpoint B. Without ROW_OPENED: the sender of the first packet. */
export const ROW_CLIENT_B = 32;
/** The host began a new part: the next packet is its first. */
export const ROW_NEW_PART = 64;

export const HISTORY_SYN = 0;
export const HISTORY_SYNACK = 1;
export const HISTORY_ACK = 2;
export const HISTORY_DATA = 3;
export const HISTORY_FIN = 4;
export const HISTORY_RST = 5;

// ── Events (16 bytes): u32 kind, row, descriptor index, aux ──────────────────────────────────────
export const EVENT_SIZE = 16;
export const E_KIND = 0;
export const E_ROW = 4;
export const E_DESCRIPTOR = 8;
export const E_AUX = 12;
/** aux: the clock second. */
export const EVENT_NEW = 1;
/** A new flow with the same key begins (a SYN on a closed flow): the old row has no slot any more. aux: the new row. */
export const EVENT_SUPERSEDED = 2;
/** RST, or FIN from both sides, for the first time. aux: the clock second. */
export const EVENT_CLOSE = 3;
/** Payload of a flow in STATE_INSPECT or STATE_WATCH. aux: number of this packet within the flow, from 1. */
export const EVENT_PAYLOAD = 4;

// What `track` leaves in C_STOP_DETAIL.
export const TRACK_DONE = 0;
/** The next packet's clock second reached C_DEADLINE. */
export const TRACK_DEADLINE = 1;
/** No row is free for a new flow. */
export const TRACK_ROWS = 2;
/** EVENTS are full. */
export const TRACK_EVENTS = 3;

// ── Due entries (16 bytes): u32 row, descriptor index, packet number in the flow, outcome (written) ──
export const DUE_SIZE = 16;
export const Q_ROW = 0;
export const Q_DESCRIPTOR = 4;
export const Q_PACKET = 8;
export const Q_OUTCOME = 12;
/** Candidates or their bits changed. */
export const OUTCOME_CHANGED = 1;
/** Some candidate, or a direction not heard yet, can still change the picture. */
export const OUTCOME_ACTIVE = 2;
/** No inspection or no prefix memory was left: what is known now is all there will be. */
export const OUTCOME_DENIED = 4;

// ── Inspections (640 bytes): what is known of an undecided flow ──────────────────────────────────
export const INSPECTION_SIZE = 640;
/** u32 row. Free: next free inspection. */
export const K_ROW = 0;
export const K_CANDIDATES = 4;
/** u8: bit d set once direction d has had payload. */
export const K_HEARD = 5;
/** u8 TRANSPORT_*. */
export const K_TRANSPORT = 6;
/** Eight u16: signatures (number + 1) that died and do not open again. */
export const K_DEAD = 8;
export const DEAD_MAX = 8;
/** Two direction blocks of 48 bytes (0: from A, 1: from B). */
export const K_DIRECTION = 32;
export const DIRECTION_SIZE = 48;
/** u32 address of the prefix block (0 = none kept); its contiguous length. */
export const W_PREFIX = 0;
/** u32 length at which the stream ends for us: the prefix limit, or the end of a snapped segment. */
export const W_STOP = 4;
export const W_LENGTH = 8;
/** u32 TCP sequence number of prefix byte 0. */
export const W_BASE = 12;
export const W_FLAGS = 16;
/** u32 payload packets seen; payload packets behind the current gap. */
export const W_MESSAGES = 20;
export const W_WAITING = 24;
/** Four ranges (u16 start, u16 end) held beyond W_LENGTH, ascending; empty ones are 0,0 and last. */
export const W_RANGES = 28;
export const RANGES_MAX = 4;
/** u32 stream length that is worth running the waiting openers again. */
export const W_NEED = 44;
export const WAY_STARTED = 1;
/** No byte will follow those held: limit, gap given up, or end of flow. */
export const WAY_FINISHED = 2;
export const WAY_GAP = 4;
/** Openers were dispatched to their conclusion for this direction. */
export const WAY_DISPATCHED = 8;
/** This direction was the first to be heard. */
export const WAY_FIRST = 16;
/** Eight candidates of 48 bytes. */
export const K_CANDIDATE = 128;
export const CANDIDATE_SIZE = 48;
export const CANDIDATES_MAX = 8;
export const Y_SIGNATURE = 0;
export const Y_FLAGS = 2;
/** u8 steps done from the client, from the server. */
export const Y_STEPS_CLIENT = 4;
export const Y_STEPS_SERVER = 5;
/** u8: bit s set once saved register s holds a value. */
export const Y_SAVED_SET = 6;
/** Four u16: evidence in 1/8 bit, per background (uniform, integers, text, tls), saturating. */
export const Y_EVIDENCE = 8;
/** u32 per direction: offset in the stream where that direction's next step begins. */
export const Y_CURSOR = 16;
/** Four u32 saved registers. */
export const Y_SAVED = 24;
/** u16 per direction: stream offset that must be there before the step is worth running again. */
export const Y_NEED = 40;
/** u32: packet number in the flow that brought the latest evidence. */
export const Y_PACKET = 44;
/** Endpoint B plays the client. */
export const CANDIDATE_CLIENT_B = 1;
/** All steps of both scripts are matched. */
export const CANDIDATE_COMPLETE = 4;
/** A step was accepted whose program still waits for facts (bit 8: from A, bit 16: from B). */
export const CANDIDATE_FACTS_A = 8;
export const CANDIDATE_FACTS_B = 16;

/** Keys of a connection (KEYS_SIZE bytes): what a dissector derived once and needs again. */
export const K_KEYS = 512;
/** u8: they are there; bytes of K_ID; a Retry packet was verified. */
export const K_KEYED = 576;
export const K_ID_SIZE = 577;
export const K_RETRIED = 578;
/** Per direction: u32 address of the block that holds what a dissector made (0 = none), u32 bytes written to it. */
export const K_BLOCKS = 584;
export const BLOCK_EXTENT = 4;
/** The connection id (20 bytes at most) that the keys are made of: what the other side protects is opened with it. */
export const K_ID = 600;

// ── Spans (24 bytes): facts found ────────────────────────────────────────────────────────────────
export const SPAN_SIZE = 24;
/** u32 row; u16 signature, u16 fact; u32 kind; u32 address or value; u32 length or high word; u32 index of the due entry. */
export const Z_ROW = 0;
export const Z_SIGNATURE = 4;
export const Z_FACT = 6;
export const Z_KIND = 8;
export const Z_ADDRESS = 12;
export const Z_LENGTH = 16;
export const Z_DUE = 20;
/** `length` bytes at `address`: valid until the next call of the engine or the next read into the window. */
export const SPAN_BYTES = 0;
/** An unsigned 32-bit number in Z_ADDRESS. */
export const SPAN_NUMBER = 1;
/** A DNS name in wire form (labels, not compressed, with the root label) at `address`. */
export const SPAN_NAME = 2;
/** u32 id of the application that the fact, a host, belongs to. */
export const SPAN_APPLICATION = 3;
export const SPANS_PER_PROGRAM = 32;

// ── Recognition tables ───────────────────────────────────────────────────────────────────────────
// A block of u32 header words at C_TABLES, then sections; offsets are from C_TABLES, 16-aligned.
export const TABLES_MAGIC = 0x54564c43;
export const T_MAGIC = 0;
export const T_VERSION = 4;
/** Number of 128-bit vectors a bitset of openers takes, and number of openers. */
export const T_VECTORS = 8;
export const T_OPENERS_COUNT = 12;
/** Bitsets: [position 0…31][byte value 0…255][vectors]. */
export const T_DISPATCH = 16;
/** Bitsets: [transport 0 tcp, 1 udp, 2 other][role 0 client, 1 server, 2 unknown][vectors]. */
export const T_ROLES = 20;
/** Bitsets for datagrams: [available length 0…32][vectors]: openers that can match that few bytes. */
export const T_LENGTHS = 24;
export const T_OPENERS = 28;
export const T_SIGNATURES = 32;
export const T_SIGNATURES_COUNT = 36;
/** u32 word index into the code, one per step. */
export const T_STEPS = 40;
export const T_CODE = 44;
export const T_SETS = 48;
export const T_LITERALS = 52;
/** Evidence vectors: four u16, 1/8 bit, per background. */
export const T_EVIDENCE = 56;
export const T_SIZE = 60;
export const TABLES_HEADER = 64;
export const POSITIONS = 32;

export const TRANSPORT_TCP = 0;
export const TRANSPORT_UDP = 1;
export const TRANSPORT_SCTP = 2;
/** Most vectors of a bitset: 8,192 openers. */
export const VECTORS_MAX = 64;
/** A set: 256 bits. */
export const SET_SIZE = 32;
export const EVIDENCE_SIZE = 8;

/** Openers (8 bytes): u16 signature, u8 role, u8 0, u32 step. */
export const OPENER_SIZE = 8;
export const O_SIGNATURE = 0;
export const O_ROLE = 2;
export const O_STEP = 4;
export const ROLE_CLIENT = 0;
export const ROLE_SERVER = 1;
/** Either side may say it; who says it first plays the client. */
export const ROLE_EITHER = 2;

/** Signatures (16 bytes). */
export const SIGNATURE_SIZE = 16;
/** u16 protocol id; u8 steps from the client; u8 steps from the server; u16 first client step; u16 first server step; u16 watch step (0xffff none); u16 flags. */
export const G_PROTOCOL = 0;
export const G_CLIENT_COUNT = 2;
export const G_SERVER_COUNT = 3;
export const G_CLIENT_FIRST = 4;
export const G_SERVER_FIRST = 6;
export const G_WATCH = 8;
export const G_FLAGS = 10;
/** Both directions must match before the signature may name a flow (waived where one side is never heard). */
export const SIGNATURE_BOTH = 1;
/** The server's steps are read for their facts: they open nothing, and either side may be heard first. */
export const SIGNATURE_TOLD = 2;
/** Over datagrams: each side may say its first step again between the others; that is no evidence. */
export const SIGNATURE_AGAIN = 4;
export const NO_STEP = 0xffff;

// ── Bytecode: u32 words, see ARCHITECTURE.md "The machine" ───────────────────────────────────────
// word = op | a << 8 | b << 16; further operand words follow where the line says so.
export const OP_FAIL = 0;
export const OP_ACCEPT = 1;
export const OP_DONE = 2;
/** → word: target. */
export const OP_JUMP = 3;
export const OP_CHOICE = 4;
export const OP_COMMIT = 5;
export const OP_PARTIAL_COMMIT = 6;
/** a = register, b = most rounds; → word: target. ++reg < b ? jump : go on. */
export const OP_LOOP = 7;
/** b = length; → word: offset in the literals. */
export const OP_LITERAL = 8;
export const OP_LITERAL_NOCASE = 9;
/** b = set. */
export const OP_SET = 10;
/** a = register for the length, b = set; → words: min, max. */
export const OP_RUN = 11;
/** → word: n. */
export const OP_SKIP = 12;
/** a = register. */
export const OP_SKIP_REGISTER = 13;
/** a = register. */
export const OP_U8 = 14;
export const OP_U16 = 15;
export const OP_U24 = 16;
export const OP_U32 = 17;
export const OP_U16LE = 18;
export const OP_U32LE = 19;
/** a = register; → words: low, high (inclusive, unsigned). */
export const OP_RANGE = 20;
/** a = register, b = set. Registers above 255 fail. */
export const OP_IN = 21;
/** a = register; → words: mask, value. */
export const OP_MASK = 22;
/** a, b = registers. */
export const OP_EQUAL = 23;
/** a = register; → word. */
export const OP_ADD = 24;
export const OP_AND = 25;
export const OP_SHIFT_RIGHT = 26;
export const OP_MULTIPLY = 27;
/** a += b, a -= b (registers, modulo 2^32), a = b. */
export const OP_ADD_REGISTER = 28;
export const OP_SUBTRACT_REGISTER = 29;
export const OP_MOVE = 30;
/** a = register; → word. */
export const OP_CONSTANT = 31;
/** a = register: bytes from here to the limit (datagrams), or to what is available (streams). */
export const OP_REMAINING = 32;
/** a = register: current offset. */
export const OP_POSITION = 33;
/** a = register: go to that offset (not beyond the limit). */
export const OP_SEEK = 34;
/** Here is the limit, and nothing more can come. */
export const OP_AT_END = 35;
/** a = register with a length, b = register that keeps the old limit. */
export const OP_LIMIT = 36;
/** a = register with an old limit. */
export const OP_UNLIMIT = 37;
/** b = byte; → word: most bytes to look through. Stops in front of the byte. */
export const OP_UNTIL = 38;
/** CR LF, or LF alone. */
export const OP_LINE_END = 39;
/** a = register for the number of label bytes, b = 1 where compression pointers are allowed. */
export const OP_NAME = 40;
/** a = register with the start offset, b = fact. */
export const OP_SPAN = 41;
export const OP_SPAN_NAME = 42;
export const OP_NUMBER = 43;
/** a = register, b = saved register. */
export const OP_SAVE = 44;
/** a = register, b = saved register; → word: target where nothing is saved there. */
export const OP_SAME = 45;
/** As OP_SAME; → words: target, most. Holds where 1 ≤ reg − saved ≤ most modulo 2^16. */
export const OP_AHEAD = 46;
/** b = evidence vector. */
export const OP_CREDIT = 47;
/** a = register, b = evidence vector, → word: most. Adds the vector min(reg, most) times. */
export const OP_CREDIT_TIMES = 48;
/** b = DISSECTOR_*: what follows is matched with the bytes that it makes of those from the step's first on, or from here. */
export const OP_DISSECT = 49;
/** The rest of the stream may be anything; go to the limit (datagrams) or to what is available. */
export const OP_REST = 50;
/** Offsets of compression pointers in names count from here. */
export const OP_ORIGIN = 51;

/** The limit of a stream that no LIMIT holds: beyond any stream, and a small integer in JavaScript. */
export const UNLIMITED = 1073741824;
export const REGISTERS = 16;
export const SAVED_REGISTERS = 4;
export const CHOICES_MAX = 16;
/** Instructions (and bytes looked at by RUN, UNTIL, NAME, LITERAL, counted one per 16) a program may take. */
export const STEP_BUDGET = 4096;

// ── Scratch of recognition (offsets from C_SCRATCH) ──────────────────────────────────────────────
/** Sixteen u32 registers, four u32 saved registers. */
export const SCRATCH_REGISTERS = 0;
export const SCRATCH_SAVED = 64;
/** Choices (24 bytes): u32 target, position, limit, spans, then evidence as four u16. */
export const SCRATCH_CHOICES = 128;
export const CHOICE_SIZE = 24;
/** The openers left by dispatch. */
export const SCRATCH_SURVIVORS = 1024;
/** Names whose pointers were followed, until the next call. */
export const SCRATCH_NAMES = 2048;
export const SCRATCH_NAMES_SIZE = 24576;

/** What was decrypted, until it has been read. */
export const SCRATCH_PLAIN = 26624;
export const SCRATCH_PLAIN_SIZE = 16384;
/** The dynamic table of HPACK, in the same place, newest field last: u32 place in the text and length of a name, then of its value. */
export const SCRATCH_FIELDS = 26624;
export const FIELD_SIZE = 16;

// ── Dissectors: what the language cannot say ─────────────────────────────────────────────────────
/** TLS: the handshake messages of the records in a row, without the records' headers. */
export const DISSECTOR_TLS = 0;
/** QUIC: the CRYPTO stream of the client's Initial packets, decrypted and verified. */
export const DISSECTOR_QUIC = 1;
/** HTTP/2: the fields of the header blocks as lines of text, an empty line behind each block. */
export const DISSECTOR_HTTP2 = 2;
/** As DISSECTOR_TLS, of the records that begin where the program stands. */
export const DISSECTOR_TLS_HERE = 3;
/** DTLS: the first ClientHello of a direction, of its fragments. */
export const DISSECTOR_DTLS = 4;
/** QUIC: QUIC_HEAD bytes (u8: a Retry was verified; u32 version, as in the packet), then the CRYPTO stream of the server's Initial packets. */
export const DISSECTOR_QUIC_SERVER = 5;
export const QUIC_HEAD = 5;
/** Records, packets of a datagram, frames of a packet or of a stream that a dissector looks at in one run. */
export const DISSECT_PARTS_MAX = 64;
/** A block of pieces: so many ranges (u16 start, u16 end, ascending, empty ones 0,0 and last), then the bytes. */
export const PIECES_MAX = 64;
export const PIECES_HEADER = 256;

/** Fields that the dynamic table takes in one run; reading ends behind the last. */
export const FIELDS_MAX = 512;
/** u16 per length in bits (0 … 31): so many codes; u16 each: the symbols, in the order of their codes. */
export const HPACK_COUNTS = 0;
export const HPACK_SYMBOLS = 64;
/** u32 per field of the static table: where its name and value stand (16 bits, from HPACK_SIZE's begin), and their lengths (8 each). */
export const HPACK_STATIC = 580;
export const HPACK_STATIC_COUNT = 61;
export const HPACK_TEXT = 824;
export const HPACK_SIZE = 2048;

/** The byte that stands PREFIX_CANARY_SIZE times behind the limit of a prefix block in use. */
export const PREFIX_CANARY = 0xc5;
export const PREFIX_CANARY_SIZE = 16;

// ── Cryptography of QUIC Initial packets ─────────────────────────────────────────────────────────
/** Bytes of the region that the compiled engine's cryptography works in; aligned to 16. */
export const CRYPTO_SIZE = 28672;
/** Keys of one side of a connection: key (16 bytes), initialisation vector (12), header-protection key (16). */
export const KEYS_KEY = 0;
export const KEYS_IV = 16;
export const KEYS_HP = 32;
export const KEYS_SIZE = 64;
/** Why an Initial packet was not opened. */
export const OPEN_NOT_INITIAL = -1;
export const OPEN_UNKNOWN_VERSION = -2;
/** It ends behind the bytes that are there, or is too short to have been protected. */
export const OPEN_TRUNCATED = -3;
/** The tag does not fit: another connection id, another side, or changed bytes. */
export const OPEN_REFUSED = -4;
