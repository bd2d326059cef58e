let cachedSecond = -1;
let cachedText = "";

/**
 * RFC 3339 in UTC with nine decimals, from seconds since 1970 and nanoseconds.
 * @example
 * formatTime(1764000000, 1000) // "2025-11-24T16:00:00.000001000Z"
 */
export function formatTime(seconds: number, nanoseconds: number): string {
  if (seconds !== cachedSecond) {
    cachedText = new Date(seconds * 1000).toISOString().slice(0, 19);
    cachedSecond = seconds;
  }
  return `${cachedText}.${String(nanoseconds).padStart(9, "0")}Z`;
}
