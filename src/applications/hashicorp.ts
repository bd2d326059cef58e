import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "hashicorp",
  title: "HashiCorp",
  source: "https://www.hashicorp.com",
  applications: [
    {
      name: "hashicorp",
      title: "HashiCorp",
      category: "developer",
      hosts: ["hashicorp.com", "terraform.io", "vagrantup.com", "hashicorp.cloud"],
    },
  ],
});
