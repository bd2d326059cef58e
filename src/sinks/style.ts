/** What a piece of text is, for a terminal that can show it. */
export type Tone = "faint" | "strong" | "proved" | "likely";

/** Gives a piece of text its look. The command passes one made of `node:util`; a page may pass its own. */
export type Style = (tone: Tone, text: string) => string;

/** No look at all. */
export const plain: Style = (_tone, text) => text;
