import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "maven",
  title: "Sonatype",
  source: "https://central.sonatype.com",
  applications: [
    {
      name: "maven",
      title: "Maven Central",
      category: "developer",
      hosts: ["maven.org", "sonatype.com", "sonatype.org"],
    },
  ],
});
