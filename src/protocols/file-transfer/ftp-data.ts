import { protocol } from "../../language/vocabulary.js";

/** FTP's data connections: files and listings without a word around them. Named where a control connection announced them. */
export default protocol({
  name: "ftp-data",
  title: "File Transfer Protocol, data",
  category: "file-transfer",
  source: "RFC 959 §3.2, §5.2; RFC 2428",
  ports: { tcp: [20] },
});
