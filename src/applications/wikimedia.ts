import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "wikimedia",
  title: "Wikimedia Foundation",
  source: "https://www.wikimedia.org",
  applications: [
    {
      name: "wikipedia",
      title: "Wikipedia",
      category: "education",
      source:
        "https://www.wikipedia.org; addresses: AS14907 in the RADB and the regional registries",
      hosts: [
        "wikipedia.org",
        "wikimedia.org",
        "wikidata.org",
        "wiktionary.org",
        "wikimediafoundation.org",
        "mediawiki.org",
        "wikibooks.org",
        "wikiquote.org",
        "wikisource.org",
        "wikiversity.org",
        "wikivoyage.org",
        "wikinews.org",
        "wmfusercontent.org",
        "w.wiki",
      ],
      addresses: [
        "185.15.56.0/22",
        "91.198.174.0/24",
        "195.200.68.0/24",
        "198.35.26.0/23",
        "208.80.152.0/22",
        "103.102.166.0/24",
        "2620:0:860::/46",
        "2a02:ec80::/32",
        "2001:df2:e500::/48",
      ],
    },
  ],
});
