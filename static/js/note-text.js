/* What a line of the rapporteur says: its marks at the beginning, and its parts where it is too long for one note. */

/* "#3 ! text" is { seat: 3, hot: true, text: "text" }; seat is undefined where none is named. */
export function readLine(line) {
  const marks = line.match(/^\s*(?:(?:#\d{1,3}(?=\s|!|$)|!)\s*)*/)[0];
  const seats = [...marks.matchAll(/#(\d+)/g)];
  return { seat: seats.length ? Number(seats.at(-1)[1]) : undefined, hot: marks.includes("!"), text: line.slice(marks.length).trim() };
}

/* Parts of at most `limit` characters, cut where a paragraph, a sentence or at least a word ends. */
export function split(text, limit) {
  const parts = [];
  let rest = text.trim();
  while ([...rest].length > limit) {
    const head = [...rest].slice(0, limit).join("");
    const ends = [/\n(?=[^\n]*$)/, /[.!?…؟。](?=\s[^.!?…؟。]*$)/, /\s(?=\S*$)/].map((end) => head.search(end) + 1);
    const cut = ends.find((end) => end > head.length / 2) || ends.find((end) => end > 0) || head.length;
    parts.push(rest.slice(0, cut).trim());
    rest = rest.slice(cut).trim();
  }
  return [...parts, rest].filter(Boolean);
}

/* Characters as the server counts them. */
export const length = (text) => [...text.trim()].length;
