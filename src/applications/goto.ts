import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "goto",
  title: "GoTo",
  source:
    "https://support.goto.com/training/help/minimal-firewall-settings-for-the-goto-app, https://support.goto.com/webinar/help/minimal-firewall-settings-for-using-the-v10-goto-meeting-goto-webinar-and-goto-training-desktop-app",
  applications: [
    {
      name: "goto",
      title: "GoTo",
      category: "meeting",
      hosts: [
        "goto.com",
        "gotomeeting.com",
        "gotowebinar.com",
        "gototraining.com",
        "getgo.com",
        "getgocdn.com",
        "getgoservices.com",
        "getgoservices.net",
        "goto-rtc.com",
        "expertcity.com",
        "jive.com",
        "logmeininc.com",
        "openvoice.com",
        "gotoroom.com",
        "grasshopper.com",
      ],
      addresses: [
        "23.239.228.0/22",
        "23.239.232.0/22",
        "23.239.236.0/23",
        "67.217.64.0/19",
        "68.64.0.0/19",
        "202.173.24.0/21",
        "78.108.112.0/20",
        "173.199.0.0/18",
        "216.115.208.0/20",
      ],
    },
    {
      name: "logmein",
      title: "LogMeIn",
      category: "remote-access",
      source: "https://support.logmein.com",
      hosts: [
        "logmein.com",
        "logmein123.com",
        "logmeinrescue.com",
        "logme.in",
        "hamachi.cc",
        "lmi1.com",
      ],
    },
    {
      name: "hamachi",
      title: "Hamachi",
      category: "vpn",
      source: "https://vpn.net",
      hosts: ["vpn.net", "hamachi.com"],
    },
  ],
});
