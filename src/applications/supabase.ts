import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "supabase",
  title: "Supabase",
  source: "https://supabase.com",
  applications: [
    {
      name: "supabase",
      title: "Supabase",
      category: "cloud",
      shared: true,
      hosts: ["supabase.com", "supabase.co", "supabase.in"],
    },
  ],
});
