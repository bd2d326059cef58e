import { derive, repeat, u8, type Word } from "../../language/vocabulary.js";

const digit = u8("digit", { min: 0x30, max: 0x39 });

/** A whole number in decimal digits, as text writes it: `most` of them at most; the number has this name. */
export const decimal = (name: string, most: number): Word => [
  digit,
  derive(name, { from: "digit", plus: -0x30 }),
  repeat(
    0,
    most - 1,
    digit,
    derive("digit", { from: "digit", plus: -0x30 }),
    derive(name, { from: name, times: 10, more: "digit" }),
  ),
];
