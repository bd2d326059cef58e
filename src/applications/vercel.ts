import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "vercel",
  title: "Vercel",
  source: "https://vercel.com",
  applications: [
    {
      name: "vercel",
      title: "Vercel",
      category: "cloud",
      shared: true,
      hosts: [
        "vercel.com",
        "vercel.app",
        "now.sh",
        "vercel-dns.com",
        "vercel-insights.com",
        "zeit.co",
        "nextjs.org",
      ],
    },
  ],
});
