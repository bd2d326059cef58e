import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "red-hat",
  title: "Red Hat",
  source: "https://access.redhat.com",
  applications: [
    {
      name: "red-hat",
      title: "Red Hat",
      category: "update",
      hosts: [
        "redhat.com",
        "openshift.com",
        "quay.io",
        "openshiftapps.com",
        "redhat.io",
        "rhcloud.com",
      ],
    },
    {
      name: "centos",
      title: "CentOS",
      category: "update",
      source: "https://www.centos.org",
      hosts: ["centos.org"],
    },
    {
      name: "ansible",
      title: "Ansible",
      category: "developer",
      source: "https://www.ansible.com",
      hosts: ["ansible.com"],
    },
  ],
});
