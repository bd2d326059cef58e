import { setTimeout as sleep } from "node:timers/promises";
import { type Lab, scenario } from "../scenario.js";
import { certificate } from "./tls.js";

export const tcp = (
  port: number | [number, number],
  protocol: string | null,
  facts?: Record<string, string>,
) => ({
  transport: "tcp" as const,
  port,
  protocol,
  ...(facts && { facts }),
});
export const udp = (
  port: number | [number, number],
  protocol: string | null,
  facts?: Record<string, string>,
) => ({
  transport: "udp" as const,
  port,
  protocol,
  ...(facts && { facts }),
});

async function dhcp(lab: Lab): Promise<void> {
  const dnsmasq =
    "dnsmasq -d -C /dev/null --port=0 --interface=eth0 --dhcp-leasefile=$PWD/leases --domain=lab.example";

  await lab.part("dhcp", async () => {
    const net = await lab.network();
    net.server.start(
      `${dnsmasq} --dhcp-range=198.51.100.50,198.51.100.60,1h --dhcp-boot=pxelinux.0 --dhcp-option=option:ntp-server,198.51.100.2`,
    );
    await net.server.listening("udp", 67);
    net.client.write(
      "dhclient.conf",
      'send host-name "client"; request subnet-mask, routers, domain-name, ntp-servers;\n',
    );
    await lab.record(
      net,
      {
        file: "dhcp/dnsmasq.pcap",
        what: "udhcpc asks for an address and gives it back, then dhclient asks.",
        software: ["dnsmasq-base", "udhcpc", "isc-dhcp-client"],
        filter: "udp",
        flows: [udp(67, "dhcp")],
      },
      async () => {
        await net.client.run("busybox udhcpc -f -i eth0 -n -q -R -s /bin/true -x hostname:client");
        await net.client.run(
          "dhclient -4 -1 -d -sf /bin/true -cf dhclient.conf -lf $PWD/leases -pf $PWD/pid eth0",
          { ok: [0, 2, 124], seconds: 8 },
        );
      },
    );
  });

  await lab.part("dhcp-isc", async () => {
    const net = await lab.network();
    net.server.write(
      "dhcpd.conf",
      'authoritative; subnet 198.51.100.0 netmask 255.255.255.0 { range 198.51.100.70 198.51.100.80; option routers 198.51.100.2; option domain-name "lab.example"; }\n',
    );
    net.server.quiet("touch leases");
    net.server.start(
      "dhcpd -4 -f -d -user root -group root -cf dhcpd.conf -lf leases -pf pid eth0",
    );
    await net.server.listening("udp", 67);
    await lab.record(
      net,
      {
        file: "dhcp/isc-dhcpcd.pcap",
        what: "An address is asked for by dhcpcd, and options alone (DHCPINFORM).",
        software: ["isc-dhcp-server", "dhcpcd-base"],
        filter: "udp",
        flows: [udp(67, "dhcp")],
      },
      async () => {
        await net.client.run("dhcpcd -4 -B -1 -t 8 -c /bin/true eth0", {
          ok: [0, 1, 124],
          seconds: 12,
        });
        await net.client.run("dhcpcd -4 -B -1 -t 5 -c /bin/true -s 198.51.100.1 eth0", {
          ok: [0, 1, 124],
          seconds: 8,
        });
      },
    );
  });

  await lab.part("dhcpv6", async () => {
    const net = await lab.network();
    net.server.start(
      `${dnsmasq} --dhcp-range=2001:db8::100,2001:db8::1ff,64,1h --dhcp-option=option6:dns-server,[2001:db8::2]`,
    );
    await net.server.listening("udp", 547);
    await lab.record(
      net,
      {
        file: "dhcpv6/dnsmasq.pcap",
        what: "dhclient asks for an address and gives it back, then for options alone.",
        software: ["dnsmasq-base", "isc-dhcp-client"],
        filter: "udp",
        flows: [udp(547, "dhcpv6")],
      },
      async () => {
        const common = "-sf /bin/true -lf $PWD/leases -pf $PWD/pid eth0";
        await net.client.run(`dhclient -6 -1 -d ${common}`, { ok: [0, 2, 124], seconds: 8 });
        await net.client.run(`dhclient -6 -r -d ${common}`, { ok: [0, 2, 124], seconds: 5 });
        await net.client.run(`dhclient -6 -S -1 -d ${common}`, { ok: [0, 2, 124], seconds: 5 });
      },
    );
  });
}

async function directories(lab: Lab): Promise<void> {
  await lab.part("radius", async () => {
    const net = await lab.network();
    net.server.write(
      "radiusd.conf",
      `prefix = /usr
libdir = /usr/lib/freeradius
run_dir = ${net.server.dir}
db_dir = ${net.server.dir}
security {
 allow_core_dumps = no
 reject_delay = 0
 status_server = yes
}
client lab {
 ipaddr = 198.51.100.0/24
 secret = lab-secret
}
thread pool {
 start_servers = 1
 max_servers = 2
 min_spare_servers = 1
 max_spare_servers = 2
}
modules {
 always ok {
  rcode = ok
 }
 pap {
 }
 chap {
 }
 files {
  usersfile = ${net.server.dir}/users
 }
}
server lab {
 listen {
  type = auth
  ipaddr = 198.51.100.2
  port = 1812
 }
 listen {
  type = acct
  ipaddr = 198.51.100.2
  port = 1813
 }
 authorize {
  chap
  files
  pap
 }
 authenticate {
  Auth-Type PAP {
   pap
  }
  Auth-Type CHAP {
   chap
  }
 }
 accounting {
  ok
 }
}
`,
    );
    net.server.write(
      "users",
      'lab Cleartext-Password := "lab-pass"\n\tService-Type = Framed-User, Framed-IP-Address = 198.51.100.90, Reply-Message = "hello"\n',
    );
    net.server.quiet("cp /etc/freeradius/3.0/dictionary . ; chmod -R a+rX .");
    net.server.start("freeradius -f -l stdout -d $PWD -n radiusd");
    await net.server.listening("udp", 1813);
    await lab.record(
      net,
      {
        file: "radius/freeradius.pcap",
        what: "Logins by PAP and CHAP, one that is refused, the server's status, and accounting.",
        software: ["freeradius", "freeradius-utils"],
        flows: [udp(1812, "radius"), udp(1813, "radius")],
      },
      async () => {
        await net.client.run("radtest lab lab-pass 198.51.100.2 0 lab-secret");
        await net.client.run("radtest -t chap lab lab-pass 198.51.100.2 0 lab-secret");
        await net.client.run("radtest lab wrong 198.51.100.2 0 lab-secret", { ok: [0, 1] });
        await net.client.run("radclient 198.51.100.2:1812 status lab-secret", {
          input: "Message-Authenticator = 0x00\n",
        });
        for (const status of ["Start", "Stop"])
          await net.client.run("radclient 198.51.100.2:1813 acct lab-secret", {
            input: `User-Name = lab, Acct-Status-Type = ${status}, Acct-Session-Id = "12", NAS-IP-Address = 198.51.100.1, NAS-Port = 1\n`,
          });
      },
    );
  });

  await lab.part("radius-eap", async () => {
    const net = await lab.network();
    const { client, server } = net;
    certificate(server, "rsa");
    server.write(
      "radiusd.conf",
      `prefix = /usr
libdir = /usr/lib/freeradius
run_dir = ${server.dir}
db_dir = ${server.dir}
security {
 allow_core_dumps = no
}
client lab {
 ipaddr = 198.51.100.0/24
 secret = lab-secret
}
modules {
 mschap {
 }
 files {
  usersfile = ${server.dir}/users
 }
 eap {
  default_eap_type = md5
  md5 {
  }
  mschapv2 {
  }
  tls-config lab {
   certificate_file = ${server.dir}/cert.pem
   private_key_file = ${server.dir}/key.pem
   tls_max_version = "1.2"
   cipher_list = "DEFAULT"
  }
  peap {
   tls = lab
   default_eap_type = mschapv2
   virtual_server = lab
  }
 }
}
server lab {
 listen {
  type = auth
  ipaddr = 198.51.100.2
  port = 1812
 }
 authorize {
  mschap
  files
  eap
 }
 authenticate {
  Auth-Type MS-CHAP {
   mschap
  }
  eap
 }
}
`,
    );
    server.write("users", 'lab Cleartext-Password := "lab-pass"\n');
    server.quiet("cp /etc/freeradius/3.0/dictionary . ; chmod -R a+rX .");
    server.start("freeradius -f -l stdout -d $PWD -n radiusd");
    await server.listening("udp", 1812);
    const login = 'key_mgmt=IEEE8021X identity="lab" password="lab-pass"';
    client.write("md5.conf", `network={\n ${login.replaceAll(/ (?=\w+=)/g, "\n ")}\n eap=MD5\n}\n`);
    client.write(
      "peap.conf",
      `network={\n ${login.replaceAll(/ (?=\w+=)/g, "\n ")}\n eap=PEAP\n phase2="auth=MSCHAPV2"\n}\n`,
    );
    await lab.record(
      net,
      {
        file: "radius/freeradius-eap.pcap",
        what: "Logins by EAP-MD5 and by PEAP, whose messages are cut in pieces.",
        software: ["freeradius", "eapoltest"],
        flows: [udp(1812, "radius")],
      },
      async () => {
        for (const [kind, more] of [
          ["md5", "-n"],
          ["peap", ""],
        ] as const)
          await client.run(
            `eapol_test -c ${kind}.conf -a 198.51.100.2 -p 1812 -s lab-secret -t 8 ${more}`,
            { ok: [0, 252, 253, 254, 255] },
          );
      },
    );
  });

  await lab.part("ldap", async () => {
    const net = await lab.network();
    certificate(net.server);
    net.server.write(
      "slapd.conf",
      `include /etc/ldap/schema/core.schema
modulepath /usr/lib/ldap
moduleload back_mdb
TLSCertificateFile ${net.server.dir}/cert.pem
TLSCertificateKeyFile ${net.server.dir}/key.pem
database mdb
suffix "dc=lab,dc=example"
rootdn "cn=admin,dc=lab,dc=example"
rootpw lab-pass
directory ${net.server.dir}/db
`,
    );
    net.server.quiet("mkdir -p db /run/slapd");
    net.server.start("slapd -d 0 -h 'ldap://198.51.100.2/ ldaps://198.51.100.2/' -f slapd.conf");
    await net.server.listening("tcp", 389);
    const url = "-H ldap://198.51.100.2";
    const admin = "-x -D cn=admin,dc=lab,dc=example -w lab-pass";
    await lab.record(
      net,
      {
        file: "ldap/slapd.pcap",
        what: "Two entries are added, searched anonymously, changed and deleted; a login fails, and one by LDAP 2 is refused.",
        software: ["slapd", "ldap-utils"],
        flows: [tcp(389, "ldap")],
      },
      async () => {
        await net.client.run(`ldapadd ${url} ${admin}`, {
          input:
            "dn: dc=lab,dc=example\nobjectClass: dcObject\nobjectClass: organization\ndc: lab\no: laboratory\n\ndn: cn=kiln,dc=lab,dc=example\nobjectClass: device\ncn: kiln\nserialNumber: 12\n",
        });
        await net.client.run(`ldapsearch -x ${url} -b dc=lab,dc=example '(&(cn=k*)(!(l=here)))'`);
        await net.client.run(`ldapmodify ${url} ${admin}`, {
          input:
            "dn: cn=kiln,dc=lab,dc=example\nchangetype: modify\nreplace: serialNumber\nserialNumber: 13\n",
        });
        await net.client.run(`ldapdelete ${url} ${admin} cn=kiln,dc=lab,dc=example`);
        await net.client.run(`ldapwhoami ${url} -x -D cn=admin,dc=lab,dc=example -w wrong`, {
          ok: [49],
        });
        await net.client.run(`ldapsearch -x ${url} -P 2 -s base -b ''`, {
          ok: [0, 2],
        });
      },
    );
    await lab.record(
      net,
      {
        file: "ldap/slapd-starttls.pcap",
        what: "A search behind STARTTLS, and one over TLS from the start.",
        software: ["slapd", "ldap-utils"],
        flows: [tcp(389, "ldap"), tcp(636, "tls")],
      },
      async () => {
        const search = "ldapsearch -x -s base -b dc=lab,dc=example";
        await net.client.run(`LDAPTLS_REQCERT=never ${search} ${url} -ZZ`);
        await net.client.run(`LDAPTLS_REQCERT=never ${search} -H ldaps://198.51.100.2`);
      },
    );
  });

  await lab.part("kerberos", async () => {
    const net = await lab.network();
    const { client, server } = net;
    for (const host of [client, server])
      host.write(
        "krb5.conf",
        "[libdefaults]\n default_realm = LAB.EXAMPLE\n dns_lookup_kdc = false\n dns_lookup_realm = false\n[realms]\n LAB.EXAMPLE = {\n kdc = 198.51.100.2\n admin_server = 198.51.100.2\n }\n",
      );
    client.write("tcp.conf", "[libdefaults]\n udp_preference_limit = 1\n");
    server.write(
      "kdc.conf",
      `[kdcdefaults]\n kdc_listen = 198.51.100.2:88\n kdc_tcp_listen = 198.51.100.2:88\n[realms]\n LAB.EXAMPLE = {\n database_name = ${server.dir}/principal\n key_stash_file = ${server.dir}/stash\n acl_file = ${server.dir}/acl\n }\n`,
    );
    const env = `env KRB5_CONFIG=${server.dir}/krb5.conf KRB5_KDC_PROFILE=${server.dir}/kdc.conf`;
    server.quiet(
      `${env} kdb5_util create -s -r LAB.EXAMPLE -P lab-master >/dev/null 2>&1; for p in '-pw lab-pass +requires_preauth lab' '-randkey host/server.lab.example'; do ${env} kadmin.local -q "addprinc $p" >/dev/null 2>&1; done`,
    );
    server.start(`${env} krb5kdc -n`);
    await server.listening("tcp", 88);
    for (const [file, config, what] of [
      ["udp", "", "over UDP"],
      ["tcp", "tcp.conf:", "over TCP"],
    ] as const)
      await lab.record(
        net,
        {
          file: `kerberos/mit-${file}.pcap`,
          what: `A ticket for a user, one for a host, and a user that is not known, ${what}.`,
          software: ["krb5-kdc", "krb5-user"],
          flows: [tcp(88, "kerberos"), udp(88, "kerberos")],
        },
        async () => {
          const mine = `KRB5_CONFIG=${config}krb5.conf KRB5CCNAME=FILE:$PWD/tickets`;
          await client.run(`${mine} kinit lab`, { input: "lab-pass\n" });
          await client.run(`${mine} kvno host/server.lab.example`);
          await client.run(`${mine} kinit nobody`, { ok: [1], input: "none\n" });
        },
      );
  });
}

/**
 * A controller of a Windows domain: Kerberos by Heimdal, and LDAP over UDP. Without a file system for its access
 * lists the domain stays unfinished, so LDAP over TCP is refused.
 */
async function domain(lab: Lab): Promise<void> {
  await lab.part("domain", async () => {
    const net = await lab.network();
    const { client, server } = net;
    const names = "nameserver 198.51.100.2\\nsearch lab.example\\n";
    server.quiet(`
      rm -f /etc/samba/smb.conf /etc/krb5.conf; mkdir -p /run/samba /var/log/samba /var/cache/samba ad
      samba-tool domain provision --realm=LAB.EXAMPLE --domain=LAB --adminpass=Lab-pass-12 --server-role=dc --host-name=server --host-ip=198.51.100.2 --targetdir=$PWD/ad >provision.log 2>&1 || true
      printf '${names}' > /etc/resolv.conf
    `);
    server.start(
      "samba -F --no-process-group -s $PWD/ad/etc/smb.conf --option='server services=rpc,ldap,cldap,kdc,nbt,wrepl' --option='interfaces=eth0' --option='bind interfaces only=yes' --option='ncalrpc dir=/run/samba/ncalrpc'",
    );
    await server.listening("tcp", 389, 60);
    await server.listening("udp", 88, 30);
    await sleep(3000);
    client.write(
      "krb5.conf",
      "[libdefaults]\n default_realm = LAB.EXAMPLE\n dns_lookup_kdc = false\n dns_lookup_realm = false\n rdns = false\n[realms]\n LAB.EXAMPLE = {\n kdc = 198.51.100.2\n }\n",
    );
    client.write("smb.conf", "[global]\nworkgroup = LAB\nrealm = LAB.EXAMPLE\n");
    await lab.record(
      net,
      {
        file: "ldap/samba-domain.pcap",
        what: "A domain's controller is asked who it is by LDAP over UDP, and for a ticket; its server of LDAP closes at once, and the client says goodbye.",
        software: ["samba", "ldap-utils", "krb5-user"],
        filter: "port 389 or port 88 or arp",
        flows: [udp(389, "ldap"), tcp(389, "ldap"), udp(88, "kerberos"), tcp(88, "kerberos")],
      },
      async () => {
        const mine = "env KRB5_CONFIG=krb5.conf KRB5CCNAME=FILE:$PWD/tickets";
        await client.run("net ads lookup -s smb.conf -S 198.51.100.2", { ok: [0, 1, 255] });
        await client.run(`${mine} kinit Administrator`, { input: "Lab-pass-12\n" });
        await client.run(
          `${mine} ldapsearch -Q -Y GSSAPI -H ldap://server.lab.example -b dc=lab,dc=example -s base dn`,
          { ok: [0, 1, 2, 254, 255] },
        );
      },
    );
  });
}

export default scenario({
  name: "infrastructure",
  packages: [
    "dnsmasq-base",
    "udhcpc",
    "isc-dhcp-client",
    "isc-dhcp-server",
    "dhcpcd-base",
    "freeradius",
    "freeradius-utils",
    "eapoltest",
    "slapd",
    "ldap-utils",
    "openssl",
    "krb5-kdc",
    "krb5-admin-server",
    "krb5-user",
    "samba",
    "samba-ad-provision",
    "samba-dsdb-modules",
    "libsasl2-modules-gssapi-mit",
  ],
  async run(lab) {
    await dhcp(lab);
    await directories(lab);
    await domain(lab);
  },
});
