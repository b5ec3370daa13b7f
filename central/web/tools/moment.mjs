// A moment as the centre writes it: UTC, and in words in Vietnam.
const two = (n) => String(n).padStart(2, '0');
export function moment(ms) {
  const d = new Date(ms + 7 * 3_600_000);
  return {
    utc: new Date(ms).toISOString(),
    text: `${two(d.getUTCDate())}/${two(d.getUTCMonth() + 1)}/${d.getUTCFullYear()} ${two(d.getUTCHours())}:${two(d.getUTCMinutes())}:${two(d.getUTCSeconds())}`,
  };
}
