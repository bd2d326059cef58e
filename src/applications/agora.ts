import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "agora",
  title: "Agora",
  source: "https://docs.agora.io/en/help/general-product-inquiry/firewall_requirement",
  applications: [
    {
      name: "sd-rtn",
      title: "Agora SD-RTN",
      category: "voip",
      hosts: ["agora.io", "agoraio.cn", "sd-rtn.com"],
    },
  ],
});
