import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "automattic",
  title: "Automattic",
  source: "https://automattic.com",
  applications: [
    {
      name: "tumblr",
      title: "Tumblr",
      category: "social",
      source: "https://www.tumblr.com",
      hosts: ["tumblr.com", "tumblr.co", "txmblr.com"],
    },
    {
      name: "wordpress",
      title: "WordPress.com",
      category: "web",
      source: "https://wordpress.com",
      shared: true,
      hosts: [
        "wordpress.com",
        "wp.com",
        "w.org",
        "wordpress.org",
        "wpcomstaging.com",
        "gravatar.com",
        "automattic.com",
        "jetpack.com",
      ],
    },
    {
      name: "woocommerce",
      title: "WooCommerce",
      category: "shopping",
      source: "https://woocommerce.com",
      hosts: ["woocommerce.com"],
    },
    {
      name: "pocket-casts",
      title: "Pocket Casts",
      category: "music",
      source: "https://pocketcasts.com",
      hosts: ["pocketcasts.com", "pocketcasts.net"],
    },
    {
      name: "simplenote",
      title: "Simplenote",
      category: "productivity",
      source: "https://simplenote.com",
      hosts: ["simplenote.com", "simperium.com"],
    },
  ],
});
