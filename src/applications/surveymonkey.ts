import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "surveymonkey",
  title: "SurveyMonkey",
  source: "https://www.surveymonkey.com",
  applications: [
    {
      name: "surveymonkey",
      title: "SurveyMonkey",
      category: "productivity",
      hosts: ["surveymonkey.com", "surveymonkey.co.uk", "smassets.net"],
    },
  ],
});
