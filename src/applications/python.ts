import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "python",
  title: "Python Software Foundation",
  source: "https://www.python.org",
  applications: [
    {
      name: "pypi",
      title: "PyPI",
      category: "developer",
      source: "https://pypi.org",
      hosts: ["pypi.org", "pythonhosted.org", "pypi.python.org"],
    },
    {
      name: "python",
      title: "Python",
      category: "developer",
      hosts: ["python.org"],
    },
  ],
});
