import { accept, client, find, protocol, step, udp } from "../../language/vocabulary.js";

/** An object of JSON with a host's number and the port to synchronise with; before or behind others. */
const announcement = step("{", find(400, '"host_int": '), find(600, '"namespaces": ['), accept);
/** The same in another order. */
const reversed = step("{", find(600, '"namespaces": ['), find(600, '"host_int": '), accept);

/** Dropbox's LAN sync: each client announces itself to all others of the network. */
export default protocol({
  name: "dropbox",
  title: "Dropbox LAN sync",
  category: "file-sharing",
  source: 'IANA Service Names (db-lsp-disc); Dropbox, "Inside LAN Sync" (2015)',
  ports: { udp: [17500] },
  signatures: {
    announcement: { over: "udp", first: [announcement] },
    reversed: { over: "udp", first: [reversed] },
  },
  samples: {
    yes: [
      udp(
        client(
          '{"host_int": 123456789012345, "version": [1, 8], "displayname": "", "port": 17500, "namespaces": [12, 34]}',
        ),
      ),
      udp(
        client(
          '{"version": [2, 0], "port": 17500, "namespaces": [12, 34], "displayname": "", "host_int": 12345}',
        ),
      ),
    ],
    no: [
      udp(client('{"host_int": 12345, "version": [1, 8]}')),
      udp(client('["host_int": 12345, "namespaces": [1]}')),
    ],
  },
});
