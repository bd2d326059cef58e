import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "rust",
  title: "Rust",
  source: "https://www.rust-lang.org",
  applications: [
    {
      name: "rust",
      title: "Rust",
      category: "developer",
      hosts: ["rust-lang.org", "crates.io", "docs.rs"],
    },
  ],
});
