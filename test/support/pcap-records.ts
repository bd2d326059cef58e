/** A naive reader of classic captures, for tests that must not use ours. */
export class PcapRecords {
  readonly #view: DataView;
  readonly #little: boolean;
  readonly #nano: boolean;
  readonly linkType: number;

  constructor(readonly bytes: Uint8Array) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const magic = this.#view.getUint32(0);
    this.#little = magic === 0xd4c3b2a1 || magic === 0x4d3cb2a1;
    this.#nano = magic === 0x4d3cb2a1 || magic === 0xa1b23c4d;
    this.linkType = this.#view.getUint32(20, this.#little);
  }

  *[Symbol.iterator]() {
    const word = (at: number) => this.#view.getUint32(at, this.#little);
    for (let at = 24; at + 16 <= this.bytes.length;) {
      const length = word(at + 8);
      yield {
        seconds: word(at),
        nanoseconds: word(at + 4) * (this.#nano ? 1 : 1000),
        packet: this.bytes.subarray(at + 16, at + 16 + length),
        wireLength: word(at + 12),
      };
      at += 16 + length;
    }
  }
}
