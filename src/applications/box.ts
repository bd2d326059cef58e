import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "box",
  title: "Box",
  source: "https://support.box.com/hc/en-us/articles/360043696434 (configuring network firewall)",
  applications: [
    {
      name: "box",
      title: "Box",
      category: "storage",
      hosts: [
        "box.com",
        "boxcdn.net",
        "boxcloud.com",
        "box.net",
        "boxlocalhost.com",
        "boxenterprise.net",
      ],
    },
  ],
});
