/**
 * The words of application files. One operator is one file of `src/applications/`, whose one export is
 * an `operator`; it names the services that the operator runs and the names that they answer to.
 *
 * A host is a suffix by labels: `netflix.com` is `netflix.com` and `www.netflix.com`, not
 * `notnetflix.com`. `=netflix.com` is that name alone. The longest suffix wins, an exact name first;
 * so `youtube.com` may stand beside `upload.youtube.com` of another application. Where operators put the
 * service first and the place behind it, `instagram.*.fbcdn.net` are the names below `fbcdn.net` whose
 * first label is `instagram`.
 *
 * A name or a range is there only because somebody can look it up: `source` says where. An operator's
 * own list of hosts or addresses, its web site, a registry. Never another classifier's list.
 */
export const categories = [
  "advertising",
  "ai",
  "analytics",
  "app-store",
  "cdn",
  "cloud",
  "cryptocurrency",
  "developer",
  "dns",
  "education",
  "finance",
  "gaming",
  "iot",
  "mail",
  "maps",
  "meeting",
  "messaging",
  "music",
  "news",
  "productivity",
  "remote-access",
  "search",
  "security",
  "shopping",
  "social",
  "storage",
  "travel",
  "update",
  "video",
  "voip",
  "vpn",
  "web",
] as const;

export type Category = (typeof categories)[number];

export interface Application {
  /** `google-drive`: for ever, as in records. */
  readonly name: string;
  /** "Google Drive", as the operator writes it. */
  readonly title: string;
  readonly category: Category;
  /** Suffixes; `=name` is exact, `first.*.suffix` has that first label. */
  readonly hosts: readonly string[];
  /** Ranges that serve this application and no other: `157.240.0.0/16`, `2a03:2880::/32`. */
  readonly addresses?: readonly string[];
  /** Where hosts and ranges can be looked up; the operator's source where there is none. */
  readonly source?: string;
  /** The application that it is a part of, for whoever wants fewer names: `google-ads` within `google`. */
  readonly within?: string;
  /** Others put their services on it, so its name says who carries, not what is carried. */
  readonly shared?: boolean;
}

export interface Operator {
  /** As the file is called. */
  readonly name: string;
  readonly title: string;
  readonly source: string;
  readonly applications: readonly Application[];
}

/** The file's one export. Returns the definition as it is; the compiler checks it. */
export const operator = (definition: Operator): Operator => definition;
