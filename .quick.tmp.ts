import { converse } from "./src/language/conversation.js";
import { readdirSync, existsSync } from "node:fs";
const names = process.argv.slice(2);
for (const n of names) {
  const file = readdirSync("src/protocols").map((d) => `${process.cwd()}/src/protocols/${d}/${n}.ts`).find((f) => existsSync(f));
  let def; try { def = (await import(file!)).default; } catch (e) { console.log(n, "BROKEN", String(e).slice(0, 400)); continue; }
  const done = new Set<string>();
  for (const kind of ["yes", "weak", "no"] as const) (def.samples?.[kind] ?? []).forEach((c: any, i: number) => {
    for (const opened of kind === "yes" ? [true, false] : [true]) {
      let r; try { r = converse([def], c, opened ? {} : { opened: false } as any); } catch (e) { console.log(n, kind, i + 1, "ERR", String(e).slice(0, 300)); continue; }
      const named = r.some((x: any) => x.named);
      const ok = kind === "yes" ? named : !named && (kind !== "weak" || r.length > 0);
      if (opened) for (const x of r as any[]) if (x.complete !== false) done.add(x.signature);
      if (!ok || process.env.V) console.log(ok ? "ok  " : "FAIL", n, kind, i + 1, opened ? "" : "midstream", r.map((x: any) => `${x.signature} ${x.named ? "NAMED" : ""} ${JSON.stringify(x.bits ?? x.evidence ?? "")}`).join("; "));
    }
  });
  const missing = Object.keys(def.signatures ?? {}).filter((s) => !done.has(`${n}/${s}`));
  console.log(n, "checked", missing.length ? `NO SAMPLE: ${missing}` : "");
}
