import { client, hex, protocol, server, step, tcp } from "../../language/vocabulary.js";
import {
  field,
  frame,
  httpFacts,
  preface,
  requestWith,
  responseWith,
} from "../formats/http2-headers.js";

/** Requests, responses: `application/grpc`, and behind it the encoding of messages. */
const CONTENT = "content-type: application/grpc";

const SETTINGS = frame("04", "00", "00000000", hex("0003 00000064"));
const request = (type: string) =>
  frame(
    "01",
    "04",
    "00000001",
    hex("83 86"),
    field(":path", "/helloworld.Greeter/SayHello"),
    field(":authority", "greeter.example:50051"),
    field("te", "trailers"),
    field("content-type", type),
    field("user-agent", "grpc-node-js/1.10.0"),
  );

/** gRPC, by the content type of the first request or response. */
export default protocol({
  name: "grpc",
  title: "gRPC",
  category: "web",
  source: "gRPC over HTTP2 (grpc/grpc, doc/PROTOCOL-HTTP2.md), Requests, Responses; RFC 9113",
  signatures: {
    request: {
      over: "tcp",
      client: [step(requestWith(CONTENT))],
      implies: ["http2/preface", "http2/settings"],
    },
    response: {
      over: "tcp",
      server: [step(responseWith(CONTENT))],
      implies: ["http2/preface", "http2/settings"],
    },
  },
  facts: httpFacts,
  samples: {
    yes: [
      tcp(
        client(preface, SETTINGS, request("application/grpc")),
        server(
          SETTINGS,
          frame("01", "04", "00000001", hex("88"), field("content-type", "application/grpc+proto")),
        ),
      ),
      tcp(client(preface, SETTINGS, request("application/grpc+json"))),
    ],
    no: [
      tcp(client(preface, SETTINGS, request("application/json"))),
      tcp(client(preface, SETTINGS), server(SETTINGS)),
      // Of the second request only.
      tcp(client(preface, SETTINGS, request("text/plain"), request("application/grpc"))),
    ],
  },
});
