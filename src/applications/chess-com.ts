import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "chess-com",
  title: "Chess.com",
  source: "https://www.chess.com",
  applications: [
    {
      name: "chess-com",
      title: "Chess.com",
      category: "gaming",
      hosts: ["chess.com", "chesscomfiles.com"],
    },
  ],
});
