import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "ebay",
  title: "eBay",
  source: "https://www.ebay.com",
  applications: [
    {
      name: "ebay",
      title: "eBay",
      category: "shopping",
      hosts: [
        "ebay.com",
        "ebaystatic.com",
        "ebayimg.com",
        "ebaycdn.net",
        "ebayinc.com",
        "ebay.co.uk",
        "ebay.de",
        "ebay.fr",
        "ebay.it",
        "ebay.es",
        "ebay.com.au",
        "ebay.ca",
        "ebay.at",
        "ebay.ch",
        "ebay.ie",
        "ebay.nl",
        "ebay.pl",
        "ebay.be",
        "ebay.com.hk",
        "ebay.com.sg",
        "ebay.com.my",
        "ebay.ph",
        "ebayrtm.com",
      ],
    },
  ],
});
