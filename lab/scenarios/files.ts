import { setTimeout as sleep } from "node:timers/promises";
import type { Host } from "../netns.js";
import { scenario } from "../scenario.js";

const tcp = (
  port: number | [number, number],
  protocol: string,
  facts?: Record<string, string>,
) => ({
  transport: "tcp" as const,
  port,
  protocol,
  ...(facts && { facts }),
});
const udp = (
  port: number | [number, number],
  protocol: string,
  facts?: Record<string, string>,
) => ({
  transport: "udp" as const,
  port,
  protocol,
  ...(facts && { facts }),
});

/** Samba's folders, a share for guests, and one for encrypted sessions. */
function samba(server: Host, more = "") {
  server.quiet(
    "mkdir -p /var/log/samba /run/samba share lock state cache private pid ncalrpc && seq 1 40 > share/numbers.txt && chmod -R a+rX . && chmod 777 share && chmod 755 ncalrpc",
  );
  const { dir } = server;
  server.write(
    "smb.conf",
    `[global]
  workgroup = LAB
  netbios name = SERVER
  server string = laboratory
  interfaces = 198.51.100.2/24
  bind interfaces only = yes
  map to guest = bad user
  guest account = nobody
  server min protocol = NT1
  lock directory = ${dir}/lock
  state directory = ${dir}/state
  cache directory = ${dir}/cache
  private dir = ${dir}/private
  pid directory = ${dir}/pid
  ncalrpc dir = ${dir}/ncalrpc
  log file = ${dir}/log.%m
  load printers = no
  disable spoolss = yes
  ${more}
[share]
  path = ${dir}/share
  guest ok = yes
  read only = no
`,
  );
}

/** Samba takes a socket for its input as the work of inetd. */
const daemon = (command: string) => `${command} -s smb.conf < /dev/null`;

const ganesha = (dir: string, protocols: string) => `
NFS_CORE_PARAM {
  Protocols = ${protocols};
  Bind_addr = 198.51.100.2;
  NFS_Port = 2049;
  MNT_Port = 20048;
  NLM_Port = 32803;
  Rquota_Port = 875;
  Plugins_Dir = /usr/lib/ganesha;
  Enable_NLM = true;
}
NFSv4 { RecoveryBackend = fs; RecoveryRoot = ${dir}/recovery; Grace_Period = 1; Lease_Lifetime = 2; }
NFS_KRB5 { Active_krb5 = false; }
EXPORT {
  Export_Id = 1; Path = /home/export; Pseudo = /export; Access_Type = RW; Squash = No_Root_Squash; SecType = sys;
  FSAL { Name = VFS; }
}
LOG { Default_Log_Level = WARN; }
`;

/** A server that inetd would start, once for each connection. */
const inetd = (port: number, command: string) =>
  `socat TCP-LISTEN:${port},bind=198.51.100.2,reuseaddr,fork EXEC:'${command}'`;

export default scenario({
  name: "files",
  packages: [
    "samba",
    "smbclient",
    "rpcbind",
    "nfs-ganesha",
    "nfs-ganesha-vfs",
    "libnfs-utils",
    "xrdp",
    "freerdp2-x11",
    "tigervnc-standalone-server",
    "x11vnc",
    "gvncviewer",
    "vncsnapshot",
    "xvfb",
    "x11-utils",
    "xauth",
    "inetutils-telnetd",
    "telnet",
    "rsh-redone-server",
    "rsh-redone-client",
    "socat",
    "rsync",
    "git",
    "subversion",
    "cvs",
    "tgt",
    "libiscsi-bin",
    "nbd-server",
    "libnbd-bin",
    "diod",
    "openafs-dbserver",
    "openafs-client",
    "dcmtk",
    "python3-hl7",
    "distcc",
    "gcc",
    "uftp",
    "haproxy",
    "nginx-light",
    "curl",
    "tftpd-hpa",
    "tftp-hpa",
  ],
  async run(lab) {
    await lab.part("smb", async () => {
      const net = await lab.network();
      const { client, server } = net;
      samba(server);
      server.start(daemon("smbd -F"));
      await server.listening("tcp", 445);
      const software = ["samba", "smbclient"];
      const list = (options: string) =>
        client.run(
          `smbclient -N -s /dev/null ${options} //198.51.100.2/share -c 'ls; get numbers.txt copy.txt'`,
        );
      const dialects: [string, string, string, string, string][] = [
        ["smb1", "NT1", "--option='client min protocol=NT1'", "SMB 1 of old", ""],
        ["smb2", "SMB2_10", "--option='client min protocol=SMB2_02'", "SMB 2.1", "2.1"],
        ["smb3", "SMB3_11", "", "SMB 3.1.1", "3.1.1"],
      ];
      for (const [file, dialect, options, what, fact] of dialects) {
        await lab.record(
          net,
          {
            file: `smb/samba-${file}.pcap`,
            what: `${what} as a guest: a listing and a small file.`,
            software,
            flows: [tcp(445, "smb", fact ? { "smb.dialect": fact } : undefined)],
          },
          () => list(`-m ${dialect} ${options}`),
        );
      }
      await lab.record(
        net,
        {
          file: "smb/samba-netbios.pcap",
          what: "SMB 1 over a NetBIOS session on port 139.",
          software,
          flows: [tcp(139, "smb")],
        },
        () => list("-m NT1 --option='client min protocol=NT1' -p 139"),
      );
    });

    await lab.part("smb-encrypted", async () => {
      const net = await lab.network();
      const { client, server } = net;
      samba(server, "server smb encrypt = desired");
      server.quiet("(echo lab-pass; echo lab-pass) | smbpasswd -c smb.conf -s -a lab");
      server.start(daemon("smbd -F"));
      await server.listening("tcp", 445);
      await lab.record(
        net,
        {
          file: "smb/samba-encrypted.pcap",
          what: "SMB 3.1.1, encrypted after the login.",
          software: ["samba", "smbclient"],
          flows: [tcp(445, "smb", { "smb.dialect": "3.1.1" })],
        },
        () =>
          client.run(
            "smbclient -s /dev/null -U lab%lab-pass --client-protection=encrypt //198.51.100.2/share -c ls",
          ),
      );
    });

    await lab.part("smb-datagram", async () => {
      const net = await lab.network();
      samba(net.server, "local master = yes\n  preferred master = yes\n  os level = 65");
      await lab.record(
        net,
        {
          file: "smb/nmbd-browser.pcap",
          what: "A server of browse lists announces itself in NetBIOS datagrams.",
          software: ["samba"],
          filter: "udp port 138",
          flows: [udp(138, "smb")],
        },
        async () => {
          net.server.start(daemon("nmbd -F"));
          await sleep(12_000);
        },
      );
    });

    await lab.part("dcerpc", async () => {
      const net = await lab.network();
      const { client, server } = net;
      samba(server, "rpc start on demand helpers = no");
      server.start(daemon("/usr/libexec/samba/samba-dcerpcd -F --libexec-rpcds"));
      server.start(daemon("smbd -F"));
      await server.listening("tcp", 135);
      await server.listening("tcp", 445);
      await lab.record(
        net,
        {
          file: "dcerpc/samba.pcap",
          what: "The endpoint mapper, then the interface it names.",
          software: ["samba", "smbclient"],
          flows: [tcp(135, "dcerpc"), tcp([49152, 65535], "dcerpc")],
        },
        () =>
          client.run("rpcclient -N -s /dev/null ncacn_ip_tcp:198.51.100.2 -c 'lsaquery'", {
            ok: [0, 1],
          }),
      );
    });

    await lab.part("portmap", async () => {
      const net = await lab.network();
      net.server.quiet("mkdir -p /run/rpcbind");
      net.server.start("rpcbind -f -i -w");
      await net.server.listening("udp", 111);
      await lab.record(
        net,
        {
          file: "portmap/rpcbind.pcap",
          what: "What is registered, over TCP and over UDP, and a null call.",
          software: ["rpcbind"],
          flows: [tcp(111, "portmap"), udp(111, "portmap")],
        },
        async () => {
          await net.client.run("rpcinfo -p 198.51.100.2");
          await net.client.run("rpcinfo -s 198.51.100.2");
          await net.client.run("rpcinfo -n 111 -u 198.51.100.2 100000 2");
        },
      );
    });

    await lab.part("nfs", async () => {
      const net = await lab.network();
      const { client, server } = net;
      server.quiet(
        "mkdir -p /run/rpcbind /run/ganesha /var/run/ganesha /home/export recovery && seq 1 100 > /home/export/numbers.txt",
      );
      server.write("ganesha.conf", ganesha(server.dir, "3, 4"));
      server.start("rpcbind -f -i -w");
      await server.listening("udp", 111);
      server.start("ganesha.nfsd -F -L ganesha.log -f ganesha.conf -p $PWD/ganesha.pid -C");
      await server.listening("tcp", 2049, 30);
      await sleep(2500);
      for (const version of [3, 4]) {
        const path = version === 3 ? "/home/export" : "/export";
        await lab.record(
          net,
          {
            file: `nfs/ganesha-libnfs-${version}.pcap`,
            what: `NFS version ${version}: a listing is asked for, and refused.`,
            software: ["nfs-ganesha", "libnfs-utils"],
            flows: [
              tcp(111, "portmap"),
              tcp(20048, "nfs"),
              tcp(2049, "nfs", { "nfs.version": String(version) }),
            ],
          },
          async () => {
            await client.run(`nfs-ls 'nfs://198.51.100.2${path}?version=${version}'`, {
              ok: [0, 243, 254],
            });
          },
        );
      }
    });

    await lab.part("rdp", async () => {
      const net = await lab.network();
      const { client, server } = net;
      server.quiet(`
        mkdir -p /run/xrdp && chmod 777 /run/xrdp
        sed -e 's/^port=3389/port=tcp:\\/\\/198.51.100.2:3389/; s/^max_bpp=.*/max_bpp=8/' /etc/xrdp/xrdp.ini > xrdp.ini
      `);
      server.start("xrdp --nodaemon --config $PWD/xrdp.ini");
      await server.listening("tcp", 3389);
      client.start("Xvfb :97 -nolock -screen 0 320x200x16 -nolisten tcp");
      await sleep(1500);
      const software = ["xrdp", "freerdp2-x11"];
      await lab.record(
        net,
        {
          file: "rdp/xrdp-tls.pcap",
          what: "A negotiation that ends in TLS, with a cookie.",
          software: software,
          flows: [tcp(3389, "rdp", { "rdp.security": "tls", "tls.version": "TLS 1.3" })],
        },
        () =>
          client.run(
            "DISPLAY=:97 xfreerdp /v:198.51.100.2 /u:lab /p:lab-pass /cert:ignore /sec:tls /w:200 /h:200 /bpp:8 +auth-only",
            { ok: [0, 1, 124, 131, 137, 147], seconds: 8 },
          ),
      );
      await lab.record(
        net,
        {
          file: "rdp/xrdp-plain.pcap",
          what: "RDP's own security, as of old.",
          software: software,
          flows: [tcp(3389, "rdp")],
        },
        () =>
          client.run(
            "DISPLAY=:97 xfreerdp /v:198.51.100.2 /u:lab /p:lab-pass /cert:ignore /sec:rdp /w:200 /h:200 /bpp:8 +auth-only",
            { ok: [0, 1, 124, 131, 137, 147], seconds: 8 },
          ),
      );
    });

    await lab.part("vnc", async () => {
      const net = await lab.network();
      const { client, server } = net;
      server.start(
        "Xtigervnc :3 -geometry 64x48 -depth 16 -SecurityTypes None -rfbport 5903 -interface 198.51.100.2",
      );
      await server.listening("tcp", 5903);
      await lab.record(
        net,
        {
          file: "vnc/tigervnc-gvnccapture.pcap",
          what: "One picture of an empty screen.",
          software: ["tigervnc-standalone-server", "gvncviewer"],
          flows: [tcp(5903, "vnc", { "vnc.version": "3." })],
        },
        () => client.run("gvnccapture -q 198.51.100.2:3 out.png"),
      );
      server.start("Xvfb :94 -nolock -screen 0 64x48x16 -nolisten tcp");
      await sleep(1500);
      server.start(
        "x11vnc -display :94 -rfbport 5999 -listen 198.51.100.2 -forever -quiet -noxdamage",
      );
      await server.listening("tcp", 5999);
      await lab.record(
        net,
        {
          file: "vnc/x11vnc-offport.pcap",
          what: "Another server, on another port.",
          software: ["x11vnc", "vncsnapshot"],
          flows: [tcp(5999, "vnc")],
        },
        () => client.run("vncsnapshot -quiet 198.51.100.2:99 out.jpg"),
      );
    });

    await lab.part("x11", async () => {
      const net = await lab.network();
      const { client, server } = net;
      server.quiet(
        "touch authority && xauth -f authority add 198.51.100.2:5 . 000102030405060708090a0b0c0d0e0f",
      );
      server.start("Xvfb :5 -screen 0 64x48x16 -nolock -nolisten unix -listen tcp -auth authority");
      server.start("Xvfb :6 -screen 0 64x48x16 -nolock -nolisten unix -listen tcp -ac");
      await server.listening("tcp", 6005);
      await server.listening("tcp", 6006);
      client.quiet(
        "touch authority && xauth -f authority add 198.51.100.2:5 . 000102030405060708090a0b0c0d0e0f",
      );
      await lab.record(
        net,
        {
          file: "x11/xdpyinfo.pcap",
          what: "With a cookie, and without where anybody may.",
          software: ["xvfb", "x11-utils"],
          flows: [tcp(6005, "x11"), tcp(6006, "x11")],
        },
        async () => {
          await client.run("XAUTHORITY=$PWD/authority DISPLAY=198.51.100.2:5 xdpyinfo > /dev/null");
          await client.run("XAUTHORITY=/dev/null DISPLAY=198.51.100.2:6 xdpyinfo > /dev/null");
        },
      );
    });

    await lab.part("telnet", async () => {
      const net = await lab.network();
      const { client, server } = net;
      server.start(inetd(23, "telnetd -E /bin/true"));
      server.start(inetd(2323, "telnetd -E /bin/true"));
      await server.listening("tcp", 23);
      await server.listening("tcp", 2323);
      await lab.record(
        net,
        {
          file: "telnet/inetutils.pcap",
          what: "Options are negotiated and a program runs; on the usual port the client begins as well.",
          software: ["inetutils-telnetd", "telnet"],
          flows: [tcp(23, "telnet"), tcp(2323, "telnet")],
        },
        async () => {
          await client.run("(sleep 1; echo) | telnet 198.51.100.2", { ok: [0, 1] });
          await client.run("(sleep 1; echo) | telnet 198.51.100.2 2323", { ok: [0, 1] });
        },
      );
    });

    await lab.part("rsh", async () => {
      const net = await lab.network();
      const { client, server } = net;
      server.quiet(
        "echo 'client.lab.example lab' > /etc/hosts.equiv; mkdir -p /home/lab; echo 'client.lab.example lab' > /home/lab/.rhosts; echo 'client.lab.example root' >> /home/lab/.rhosts; chown -R lab /home/lab; chmod 600 /home/lab/.rhosts",
      );
      server.start(inetd(514, "in.rshd"));
      server.start(inetd(513, "in.rlogind"));
      await server.listening("tcp", 514);
      await server.listening("tcp", 513);
      await lab.record(
        net,
        {
          file: "rsh/rsh-redone.pcap",
          what: "A command by rsh; its errors come over a second connection, opened by the server.",
          software: ["rsh-redone-server", "rsh-redone-client"],
          flows: [tcp(514, "rsh"), { transport: "tcp", client: server.ip4, protocol: null }],
        },
        () => client.run("rsh -l lab server.lab.example uname", { ok: [0, 1] }),
      );
      await lab.record(
        net,
        {
          file: "rlogin/rsh-redone.pcap",
          what: "A login that asks for a password.",
          software: ["rsh-redone-server", "rsh-redone-client"],
          flows: [tcp(513, "rlogin")],
        },
        () =>
          client.run("script -qec 'rlogin -l lab server.lab.example' /dev/null < /dev/null", {
            ok: [0, 1, 124],
            seconds: 4,
          }),
      );
    });

    await lab.part("rsync", async () => {
      const net = await lab.network();
      net.server.quiet("mkdir -p pub && seq 1 50 > pub/numbers.txt");
      net.server.write(
        "rsyncd.conf",
        `use chroot = no\naddress = 198.51.100.2\n[pub]\n  path = ${net.server.dir}/pub\n`,
      );
      net.server.start("rsync --daemon --no-detach --config=rsyncd.conf < /dev/null");
      await net.server.listening("tcp", 873);
      await lab.record(
        net,
        {
          file: "rsync/daemon.pcap",
          what: "The modules, then a file.",
          software: ["rsync"],
          flows: [tcp(873, "rsync")],
        },
        async () => {
          await net.client.run("rsync rsync://198.51.100.2/");
          await net.client.run("rsync rsync://198.51.100.2/pub/numbers.txt .");
        },
      );
    });

    await lab.part("git", async () => {
      const net = await lab.network();
      net.server.quiet(`
        git init -q --bare -b main lab.git && touch lab.git/git-daemon-export-ok && git init -q -b main work && cd work
        echo hello > readme && git add readme && git -c user.name=lab -c user.email=lab@lab.example commit -qm first && git push -q ../lab.git main
        cd .. && git config --global --add safe.directory '*'
      `);
      net.server.start(
        "git daemon --reuseaddr --listen=198.51.100.2 --base-path=. --enable=receive-pack",
      );
      await net.server.listening("tcp", 9418);
      await lab.record(
        net,
        {
          file: "git/daemon.pcap",
          what: "A clone in protocol 2 and one in protocol 0.",
          software: ["git"],
          flows: [tcp(9418, "git", { "git.host": "server.lab.example" })],
        },
        async () => {
          await net.client.run("git clone -q git://server.lab.example/lab.git two");
          await net.client.run(
            "git -c protocol.version=0 clone -q git://server.lab.example/lab.git zero",
          );
        },
      );
    });

    await lab.part("svn", async () => {
      const net = await lab.network();
      net.server.quiet(
        "svnadmin create repo && sed -i 's/^# anon-access.*/anon-access = write/' repo/conf/svnserve.conf",
      );
      net.server.start("svnserve -d --foreground --listen-host 198.51.100.2 -r $PWD");
      await net.server.listening("tcp", 3690);
      await lab.record(
        net,
        {
          file: "svn/svnserve.pcap",
          what: "What the repository is, and a new folder.",
          software: ["subversion"],
          flows: [tcp(3690, "svn", { "svn.client": "SVN/" })],
        },
        async () => {
          await net.client.run("svn info svn://198.51.100.2/repo");
          await net.client.run("svn mkdir -q -m new svn://198.51.100.2/repo/folder", {
            ok: [0, 1],
          });
        },
      );
    });

    await lab.part("cvs", async () => {
      const net = await lab.network();
      const { client, server } = net;
      server.quiet(
        "cvs -d $PWD/cvsroot init && echo 'anonymous::nobody' > cvsroot/CVSROOT/passwd && chmod -R a+rwX cvsroot",
      );
      server.start(inetd(2401, `cvs -f --allow-root=${server.dir}/cvsroot pserver`));
      await server.listening("tcp", 2401);
      await lab.record(
        net,
        {
          file: "cvspserver/cvs.pcap",
          what: "An anonymous login and a log.",
          software: ["cvs"],
          flows: [tcp(2401, "cvspserver")],
        },
        () =>
          client.run(
            `touch .cvspass; cvs -d :pserver:anonymous@198.51.100.2:${server.dir}/cvsroot rlog CVSROOT/modules > /dev/null`,
            { ok: [0, 1] },
          ),
      );
    });

    await lab.part("nbd", async () => {
      const net = await lab.network();
      net.server.quiet("truncate -s 1M disk");
      net.server.write(
        "nbd.conf",
        `[generic]\n listenaddr = 198.51.100.2\n allowlist = true\n[lab]\n exportname = ${net.server.dir}/disk\n`,
      );
      net.server.start("nbd-server -d -C nbd.conf");
      await net.server.listening("tcp", 10809);
      await lab.record(
        net,
        {
          file: "nbd/nbd-server.pcap",
          what: "What is exported, and 8 KiB of it.",
          software: ["nbd-server", "libnbd-bin"],
          flows: [tcp(10809, "nbd")],
        },
        async () => {
          await net.client.run("nbdinfo nbd://198.51.100.2/lab");
          await net.client.run("nbdinfo --list nbd://198.51.100.2", { ok: [0, 1] });
        },
      );
    });

    await lab.part("iscsi", async () => {
      const net = await lab.network();
      const { client, server } = net;
      server.quiet("truncate -s 4M disk; mkdir -p /var/run/tgtd");
      server.start("tgtd -f -C 7 --iscsi portal=198.51.100.2:3260");
      await server.listening("tcp", 3260);
      const admin = "tgtadm -C 7 --lld iscsi --mode";
      server.quiet(`
        ${admin} target --op new --tid 1 -T iqn.2003-01.example.lab:disk
        ${admin} logicalunit --op new --tid 1 --lun 1 -b $PWD/disk
        ${admin} target --op bind --tid 1 -I ALL
      `);
      await lab.record(
        net,
        {
          file: "iscsi/tgt-libiscsi.pcap",
          what: "A discovery session, then a session with the target found.",
          software: ["tgt", "libiscsi-bin"],
          flows: [tcp(3260, "iscsi")],
        },
        async () => {
          await client.run("iscsi-ls -s iscsi://198.51.100.2");
          await client.run("iscsi-inq iscsi://198.51.100.2/iqn.2003-01.example.lab:disk/1");
        },
      );
    });

    await lab.part("9p", async () => {
      const net = await lab.network();
      net.server.quiet("mkdir -p export && echo hello > export/readme");
      net.server.start("diod -f -n -S -l 198.51.100.2:564 -e $PWD/export -L stderr");
      await net.server.listening("tcp", 564);
      await lab.record(
        net,
        {
          file: "9p/diod.pcap",
          what: "A listing by 9P2000.L.",
          software: ["diod"],
          flows: [tcp(564, "9p", { "9p.version": "9P2000.L" })],
        },
        () =>
          net.client.run(`diodls -s 198.51.100.2:564 -a ${net.server.dir}/export`, { ok: [0, 1] }),
      );
    });

    await lab.part("rx", async () => {
      const net = await lab.network();
      const { client, server } = net;
      const cell = ">lab.example\n198.51.100.2 #server.lab.example\n";
      for (const host of [client, server]) {
        host.quiet("mkdir -p /etc/openafs/server /etc/openafs/server-local");
        host.quiet(
          `for d in /etc/openafs /etc/openafs/server; do printf '${cell.replaceAll("\n", "\\n")}' > $d/CellServDB; echo lab.example > $d/ThisCell; done`,
        );
      }
      server.quiet("mkdir -p db afslog; mkdir -p /var/log/openafs");
      server.start(
        "/usr/lib/openafs/vlserver -noauth -database $PWD/db/vldb -logfile $PWD/afslog/vl.log -rxbind -smallmem",
      );
      await server.listening("udp", 7003);
      await sleep(1000);
      await lab.record(
        net,
        {
          file: "rx/openafs.pcap",
          what: "The database of volumes is asked what it holds.",
          software: ["openafs-dbserver", "openafs-client"],
          flows: [udp(7003, "rx")],
        },
        () =>
          client.run("vos listvldb -noauth -cell lab.example", { ok: [0, 1, 255], seconds: 20 }),
      );
    });

    await lab.part("dicom", async () => {
      const net = await lab.network();
      net.server.start("storescp 11112");
      await net.server.listening("tcp", 11112);
      await lab.record(
        net,
        {
          file: "dicom/dcmtk-echo.pcap",
          what: "A verification.",
          software: ["dcmtk"],
          flows: [tcp(11112, "dicom", { "dicom.calling": "ECHOSCU" })],
        },
        () => net.client.run("echoscu 198.51.100.2 11112"),
      );
    });

    await lab.part("hl7", async () => {
      const net = await lab.network();
      net.server.write(
        "receiver.py",
        `
import asyncio, hl7
from hl7.mllp import start_hl7_server
async def each(reader, writer):
    try:
        while not writer.is_closing():
            message = await reader.readmessage()
            writer.writemessage(message.create_ack())
            await writer.drain()
    except asyncio.IncompleteReadError:
        writer.close()
async def main():
    async with await start_hl7_server(each, host="198.51.100.2", port=2575) as server:
        await server.serve_forever()
asyncio.run(main())
`,
      );
      net.client.write(
        "message.hl7",
        "MSH|^~\\&|LAB|WARD|ADT|HOSPITAL|20240203040506||ADT^A01|4711|P|2.3\rEVN|A01|20240203\r",
      );
      net.server.start("python3 receiver.py");
      await net.server.listening("tcp", 2575);
      await lab.record(
        net,
        {
          file: "hl7/python-hl7.pcap",
          what: "An admission and its acknowledgement.",
          software: ["python3-hl7"],
          flows: [tcp(2575, "hl7", { "hl7.type": "ADT^A01" })],
        },
        () => net.client.run("mllp_send --loose -p 2575 -f message.hl7 198.51.100.2"),
      );
    });

    await lab.part("distcc", async () => {
      const net = await lab.network();
      net.server.start(
        "distccd --no-detach --daemon --listen 198.51.100.2 --allow 198.51.100.0/24 --log-stderr --user lab --enable-tcp-insecure",
      );
      await net.server.listening("tcp", 3632);
      net.client.write("one.c", "int one(void) { return 1; }\n");
      await lab.record(
        net,
        {
          file: "distcc/distcc.pcap",
          what: "One small file is compiled.",
          software: ["distcc"],
          flows: [tcp(3632, "distcc")],
        },
        () =>
          net.client.run(
            "mkdir -p d && DISTCC_DIR=$PWD/d DISTCC_FALLBACK=0 DISTCC_HOSTS=198.51.100.2 distcc gcc -c one.c -o one.o",
            { ok: [0, 1] },
          ),
      );
    });

    await lab.part("uftp", async () => {
      const net = await lab.network();
      for (const host of [net.client, net.server])
        host.quiet("mkdir -p in; ip route add 224.0.0.0/4 dev eth0 || true");
      net.server.start("uftpd -d -I eth0 -D $PWD/in -M 230.4.4.1 -x 1");
      await sleep(1500);
      net.client.quiet("seq 1 200 > numbers.txt");
      await lab.record(
        net,
        {
          file: "uftp/uftp.pcap",
          what: "A small file is sent by multicast.",
          software: ["uftp"],
          filter: "udp",
          flows: [
            udp(1044, "uftp"),
            { transport: "udp", server: net.client.ip4, protocol: "uftp" },
          ],
        },
        () =>
          net.client.run("uftp -I eth0 -M 230.4.4.1 -P 230.5.5.1 -R 2000 numbers.txt", {
            seconds: 20,
          }),
      );
    });

    await lab.part("haproxy", async () => {
      const net = await lab.network();
      const { client, server } = net;
      server.quiet("mkdir -p www && echo hello > www/index.html");
      server.write(
        "nginx.conf",
        `worker_processes 1; daemon off; pid nginx.pid; error_log stderr; events {}
http { access_log off; client_body_temp_path t1; proxy_temp_path t2; fastcgi_temp_path t3; uwsgi_temp_path t4; scgi_temp_path t5;
server { listen 198.51.100.2:8080 proxy_protocol; root ${server.dir}/www; } }`,
      );
      server.start("nginx -e stderr -p . -c nginx.conf");
      await server.listening("tcp", 8080);
      client.write(
        "haproxy.cfg",
        `defaults
  mode tcp
  timeout connect 2s
  timeout client 5s
  timeout server 5s
listen one
  bind 127.0.0.1:8001
  server s 198.51.100.2:8080 send-proxy
listen two
  bind 127.0.0.1:8002
  server s 198.51.100.2:8080 send-proxy-v2
`,
      );
      client.start("haproxy -db -f haproxy.cfg");
      await client.listening("tcp", 8002);
      await lab.record(
        net,
        {
          file: "haproxy-protocol/haproxy.pcap",
          what: "HTTP behind a header of version 1, and one of version 2.",
          software: ["haproxy", "nginx-light"],
          flows: [tcp(8080, "haproxy-protocol")],
        },
        async () => {
          await client.run("curl -sS http://127.0.0.1:8001/");
          await client.run("curl -sS http://127.0.0.1:8002/");
        },
      );
    });

    await lab.part("tftp-options", async () => {
      const net = await lab.network();
      net.server.quiet(
        "mkdir -p srv && touch srv/new.cfg && chmod 666 srv/new.cfg && chmod a+rx srv",
      );
      net.server.start("/usr/sbin/in.tftpd -L -c -u lab -a 198.51.100.2:69 -s $PWD/srv");
      await net.server.listening("udp", 69);
      net.client.quiet("seq 1 400 > new.cfg");
      await lab.record(
        net,
        {
          file: "tftp/tftp-hpa-write.pcap",
          what: "A write request, and a read request for a file that does not exist.",
          software: ["tftpd-hpa", "tftp-hpa"],
          flows: [udp(69, "tftp"), { transport: "udp", client: net.server.ip4, protocol: "tftp" }],
        },
        async () => {
          await net.client.run("tftp -4 -m octet 198.51.100.2 -c put new.cfg");
          await net.client.run("tftp -4 -m octet 198.51.100.2 -c get none.cfg", { ok: [0, 1, 71] });
        },
      );
    });
  },
});
