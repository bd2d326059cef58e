import {
  client,
  find,
  oneOf,
  protocol,
  run,
  server,
  step,
  tcp,
  accept,
} from "../../language/vocabulary.js";

/** RFC 7047 §4.1: a JSON-RPC request (RFC 4627) whose method only OVSDB has; OVS writes members in this order. */
const request = step(
  "{",
  find(200, '"method":"'),
  oneOf(
    "list_dbs",
    "get_schema",
    "monitor_cond",
    "monitor_cancel",
    "set_db_change_aware",
    "get_server_id",
  ),
  '"',
  accept,
);
/** A transaction names its database first, and then operations (§5.2). */
const transaction = step(
  "{",
  find(200, '"method":"transact"'),
  find(40, '"params":["'),
  run("A-Za-z_"),
  '",{"',
  accept,
);
/** §4.1.11: echo with this very id keeps a connection alive. */
const echo = step('{"id":"echo","method":"echo","params":[]}', accept);

/** OVSDB, the database of Open vSwitch. */
export default protocol({
  name: "ovsdb",
  title: "Open vSwitch Database Management Protocol",
  category: "management",
  source: "RFC 7047 §4, §5; ovsdb-server(7)",
  ports: { tcp: [6640] },
  signatures: {
    request: { over: "tcp", client: [request] },
    transaction: { over: "tcp", client: [transaction] },
    echo: { over: "tcp", first: [echo] },
  },
  samples: {
    yes: [
      tcp(
        client('{"id":0,"method":"list_dbs","params":[]}'),
        server('{"id":0,"result":["_Server","Open_vSwitch"],"error":null}'),
      ),
      tcp(client('{"method":"get_schema","params":["Open_vSwitch"],"id":1}')),
      tcp(
        client(
          '{"id":2,"method":"transact","params":["Open_vSwitch",{"op":"select","table":"Bridge","where":[]}]}',
        ),
      ),
      tcp(server('{"id":"echo","method":"echo","params":[]}')),
    ],
    no: [
      tcp(client('{"id":0,"method":"list_users","params":[]}')),
      tcp(client('{"id":1,"method":"mining.subscribe","params":[]}')),
    ],
  },
});
