/** A terminal that obeys what real ones do: what output does to it, besides showing text. */
import xterm from "@xterm/headless";

/** Wider than any line of a test: the terminal must not be what cuts it. */
const CELLS = 4000;

export interface Screen {
  /** What stands in each line. */
  readonly lines: readonly string[];
  /** Where it stands after the text. */
  readonly cursor: { row: number; column: number };
  /** What it was made to do: bells, titles, replies, sequences. */
  readonly obeyed: readonly string[];
}

export async function show(text: string): Promise<Screen> {
  const rows = text.split("\n").length + 1;
  const terminal = new xterm.Terminal({
    cols: CELLS,
    rows,
    scrollback: 0,
    convertEol: true,
    allowProposedApi: true,
  });
  const obeyed: string[] = [];
  terminal.onBell(() => obeyed.push("bell"));
  terminal.onTitleChange((title) => obeyed.push(`title ${title}`));
  terminal.onData((data) => obeyed.push(`reply ${JSON.stringify(data)}`));
  for (let final = 0x40; final <= 0x7e; final++) {
    const sequence = { final: String.fromCharCode(final) };
    const note = (kind: string) => () => {
      obeyed.push(`${kind} ${sequence.final}`);
      return false;
    };
    terminal.parser.registerCsiHandler(sequence, note("CSI"));
    terminal.parser.registerEscHandler(sequence, note("ESC"));
    terminal.parser.registerDcsHandler(sequence, note("DCS"));
  }
  for (let code = 0; code < 200; code++) {
    terminal.parser.registerOscHandler(code, () => {
      obeyed.push(`OSC ${code}`);
      return false;
    });
  }
  await new Promise<void>((resolve) => terminal.write(text, resolve));
  const lines = Array.from({ length: rows }, (_, row) =>
    terminal.buffer.active.getLine(row)!.translateToString(true),
  );
  const { cursorY: row, cursorX: column } = terminal.buffer.active;
  terminal.dispose();
  return { lines, cursor: { row, column }, obeyed };
}
