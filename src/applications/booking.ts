import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "booking",
  title: "Booking Holdings",
  source: "https://www.bookingholdings.com",
  applications: [
    {
      name: "booking",
      title: "Booking.com",
      category: "travel",
      source: "https://www.booking.com",
      hosts: ["booking.com", "bstatic.com", "booking.cn"],
    },
    {
      name: "agoda",
      title: "Agoda",
      category: "travel",
      source: "https://www.agoda.com",
      hosts: ["agoda.com", "agoda.net"],
    },
    {
      name: "kayak",
      title: "KAYAK",
      category: "travel",
      source: "https://www.kayak.com",
      hosts: ["kayak.com"],
    },
    {
      name: "priceline",
      title: "Priceline",
      category: "travel",
      source: "https://www.priceline.com",
      hosts: ["priceline.com"],
    },
    {
      name: "opentable",
      title: "OpenTable",
      category: "travel",
      source: "https://www.opentable.com",
      hosts: ["opentable.com"],
    },
  ],
});
