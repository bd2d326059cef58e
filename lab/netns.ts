import { spawn, execFileSync, type ChildProcess } from "node:child_process";
import {
  mkdtempSync,
  mkdirSync,
  writeFileSync,
  readFileSync,
  chmodSync,
  rmSync,
  openSync,
  closeSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { tmpdir } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";

export interface Result {
  code: number;
  stdout: string;
  stderr: string;
}

export interface NetworkOptions {
  mtu?: number;
  /** Put a third host between the two, with the links `left` and `right`. */
  switched?: boolean;
}

const environment = {
  PATH: "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
  LANG: "C.UTF-8",
  TZ: "UTC",
};

/** One host: a network, mount, UTS, IPC and PID namespace that dies, with all in it, when this process dies. */
export class Host {
  readonly name: string;
  readonly dir: string;
  readonly ip4: string;
  readonly ip6: string;
  readonly pid: number;
  readonly #holder: ChildProcess;
  readonly #journal: string[];
  readonly #started: Process[] = [];

  constructor(name: string, root: string, last: number, journal: string[]) {
    this.name = name;
    this.ip4 = `198.51.100.${last}`;
    this.ip6 = `2001:db8::${last}`;
    this.dir = join(root, name);
    this.#journal = journal;
    mkdirSync(this.dir);
    chmodSync(this.dir, 0o755);
    const unshare = [
      "unshare",
      "--net",
      "--uts",
      "--ipc",
      "--mount",
      "--pid",
      "--fork",
      "--kill-child=KILL",
      "--mount-proc",
    ];
    this.#holder = spawn("setpriv", ["--pdeathsig", "KILL", ...unshare, "sleep", "infinity"], {
      stdio: "ignore",
    });
    this.pid = innerPid(this.#holder.pid!);
    this.#furnish();
  }

  /** Private copies of /etc, /run and the rest, so that nothing a server writes reaches the machine. */
  #furnish(): void {
    const names = [1, 2, 3, 4]
      .map((n) => `198.51.100.${n} ${hostName(n)}\n2001:db8::${n} ${hostName(n)}\n`)
      .join("");
    this.quiet(`
      cp -a /etc ./etc && mount --bind ./etc /etc
      for d in /run /home /var/log /var/spool /var/mail /var/cache /root; do mount -t tmpfs -o mode=755 tmpfs $d; done
      hostname ${this.name}.lab.example
      ip link set lo up
      echo ${this.name}.lab.example > /etc/hostname
      rm -f /etc/resolv.conf; : > /etc/resolv.conf
      printf '127.0.0.1 localhost\\n::1 localhost\\n${names.replaceAll("\n", "\\n")}' > /etc/hosts
      printf '2001:db8::2 server6.lab.example\\n' >> /etc/hosts
      echo 'precedence ::ffff:0:0/96 100' > /etc/gai.conf
      echo "hosts: files dns" > /etc/nsswitch.conf
      printf 'passwd: files\\ngroup: files\\nshadow: files\\n' >> /etc/nsswitch.conf
      useradd --uid 4000 --create-home --shell /bin/sh --password "$(openssl passwd -6 lab-pass)" lab
    `);
  }

  #enter(command: string): string[] {
    return [
      "-t",
      String(this.pid),
      "-m",
      "-u",
      "-i",
      "-n",
      "-p",
      "--",
      "sh",
      "-c",
      `cd '${this.dir}' && ${command}`,
    ];
  }

  quiet(command: string): string {
    return execFileSync("nsenter", this.#enter(command), {
      env: { ...environment, HOME: this.dir },
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    });
  }

  /** Run a client to its end. `ok` lists the exit codes that are expected. */
  async run(
    command: string,
    options: { ok?: number[]; input?: string; seconds?: number } = {},
  ): Promise<Result> {
    this.#journal.push(`${this.name}$ ${command}`);
    const child = spawn(
      "nsenter",
      this.#enter(`exec timeout -k 1 ${options.seconds ?? 20} sh -c ${quote(command)}`),
      {
        env: { ...environment, HOME: this.dir },
        stdio: "pipe",
      },
    );
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (d) => (stdout += d));
    child.stderr.on("data", (d) => (stderr += d));
    child.stdin.on("error", () => {});
    child.stdin.end(options.input ?? "");
    const code = await new Promise<number>((resolve) => child.on("close", (c) => resolve(c ?? -1)));
    if (!(options.ok ?? [0]).includes(code))
      throw new Error(
        `${this.name}$ ${command}\nexit ${code}\n${stdout.slice(-600)}${stderr.slice(-1500)}`,
      );
    return { code, stdout, stderr };
  }

  /** Start a server (or a client that goes on) in the background. Its output goes to a log file in the host's folder. */
  start(command: string, options: { log?: boolean } = {}): Process {
    if (options.log !== false) this.#journal.push(`${this.name}$ ${command} &`);
    const process = new Process(
      this,
      command,
      this.#enter(`echo $$ > .pid; exec sh -c ${quote(`exec ${command}`)}`),
    );
    this.#started.push(process);
    return process;
  }

  async listening(kind: "tcp" | "udp", port: number, seconds = 15): Promise<void> {
    const flag = kind === "tcp" ? "-Hltn" : "-Hlun";
    for (let i = 0; i < seconds * 20; i++) {
      if (this.quiet(`ss ${flag} 'sport = :${port}'`).trim() !== "") return;
      await sleep(50);
    }
    throw new Error(
      `${this.name}: nothing listens on ${kind}/${port}${sayEnded(this.#started)}\n${this.quiet("tail -n 15 *.log 2>/dev/null || true")}`,
    );
  }

  /** Unpack Debian packages into this host's folder without installing them, where their installation would change the machine. */
  unpack(...packages: string[]): void {
    execFileSync("apt-get", ["-qq", "-o", "APT::Sandbox::User=root", "download", ...packages], {
      cwd: this.dir,
      stdio: ["ignore", "ignore", "pipe"],
    });
    for (const name of packages) this.quiet(`dpkg-deb -x ${name}_*.deb ${name}`);
  }

  write(file: string, text: string, mode = 0o644): void {
    const path = join(this.dir, file);
    mkdirSync(dirname(path), { recursive: true, mode: 0o755 });
    writeFileSync(path, text, { mode });
  }

  destroy(): void {
    this.#holder.kill("SIGKILL");
  }
}

/** Programs that were to go on, and did not. */
export const sayEnded = (started: readonly Pick<Process, "command" | "code">[]): string =>
  started
    .filter(({ code }) => code !== undefined)
    .map(({ command, code }) => `; \`${command}\` has ended with ${code}`)
    .join("");

export class Process {
  /** Its exit code, once it has ended. */
  code: number | undefined;
  readonly child: ChildProcess;
  readonly exited: Promise<number>;
  static #count = 0;

  constructor(
    host: Host,
    readonly command: string,
    args: string[],
  ) {
    const name =
      command.split(/[ /]+/).find((w) => /^[a-z]/.test(w) && !/^(usr|sbin|bin|env)$/.test(w)) ??
      "process";
    const log = openSync(join(host.dir, `${name}-${++Process.#count}.log`), "w");
    this.child = spawn("nsenter", args, {
      env: { ...environment, HOME: host.dir },
      stdio: ["pipe", log, log],
    });
    closeSync(log);
    this.child.stdin!.on("error", () => {});
    this.exited = new Promise((resolve) =>
      this.child.on("close", (c) => resolve((this.code = c ?? -1))),
    );
  }

  type(text: string): void {
    this.child.stdin!.write(text);
  }
}

export class Network {
  readonly root = mkdtempSync(join(tmpdir(), "clairvoie-lab-"));
  readonly journal: string[] = [];
  readonly client: Host;
  readonly server: Host;
  readonly switch: Host | undefined;

  private constructor(options: NetworkOptions) {
    chmodSync(this.root, 0o755);
    alive.add(this);
    this.client = new Host("client", this.root, 1, this.journal);
    this.server = new Host("server", this.root, 2, this.journal);
    if (options.switched) this.switch = new Host("switch", this.root, 3, this.journal);
  }

  static async create(options: NetworkOptions = {}): Promise<Network> {
    const net = new Network(options);
    const { client, server, switch: between } = net;
    const cable = (a: Host, aLink: string, b: Host, bLink: string) =>
      ip(
        "link",
        "add",
        aLink,
        "netns",
        String(a.pid),
        "type",
        "veth",
        "peer",
        "name",
        bLink,
        "netns",
        String(b.pid),
      );
    if (between) {
      cable(client, "eth0", between, "left");
      cable(server, "eth0", between, "right");
      between.quiet("ip link set left up; ip link set right up");
    } else cable(client, "eth0", server, "eth0");
    for (const [host, last] of [
      [client, 1],
      [server, 2],
    ] as const)
      net.plug(host, "eth0", last, options.mtu);
    await sleep(1500); // the multicast reports of a new link stay out of the captures
    return net;
  }

  plug(host: Host, link: string, last: number, mtu = 1500): void {
    // Offloads are off: otherwise a veth carries unfilled checksums and segments larger than its MTU.
    host.quiet(`
      ip link set ${link} address 02:00:5e:00:53:0${last} mtu ${mtu}
      sysctl -qw net.ipv6.conf.${link}.router_solicitations=0 net.ipv6.conf.${link}.accept_ra=0 net.ipv6.conf.${link}.mldv2_unsolicited_report_interval=50 net.ipv6.conf.${link}.accept_dad=0 2>/dev/null || true
      ethtool -K ${link} rx off tx off sg off tso off gso off gro off >/dev/null 2>&1
      ip link set ${link} up
      ip addr add ${host.ip4}/24 brd + dev ${link}
      ip -6 addr add ${host.ip6}/64 dev ${link} nodad || true
      ip route add 224.0.0.0/4 dev ${link}
    `);
  }

  destroy(): void {
    if (!alive.delete(this)) return;
    this.client?.destroy();
    this.server?.destroy();
    this.switch?.destroy();
    for (let i = 0; i < 20; i++) {
      try {
        rmSync(this.root, { recursive: true, force: true, maxRetries: 5 });
        return;
      } catch {
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
      }
    }
  }
}

const alive = new Set<Network>();
const destroyAll = () => [...alive].forEach((net) => net.destroy());
process.on("exit", destroyAll);
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
  process.on(signal, () => process.exit(130));

export function hostName(last: number): string {
  return `${last === 1 ? "client" : last === 2 ? "server" : `host${last}`}.lab.example`;
}

export function ip(...args: string[]): void {
  execFileSync("ip", args, { stdio: ["ignore", "ignore", "pipe"] });
}

export function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** The process that `unshare --fork` started: process 1 of the new namespaces. */
function innerPid(outer: number): number {
  for (let i = 0; i < 200; i++) {
    try {
      const inner = Number(
        readFileSync(`/proc/${outer}/task/${outer}/children`, "utf8").trim().split(" ")[0],
      );
      if (inner && readFileSync(`/proc/${inner}/comm`, "utf8").trim() === "sleep") return inner;
    } catch {}
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
  }
  throw new Error("no namespaces: the lab needs root and a kernel that allows unshare(2)");
}
