/* When a camera says a JPEG was taken ("2026:10:10 14:03:59", its own time), "" where it says nothing that can be read:
   a picture that is made smaller on the phone loses it. */
const HEAD = 128 * 1024;
const EXIF = 0x45786966, TIFF_IS_LITTLE = 0x4949, POINTER = 0x8769, TAKEN = 0x9003, LENGTH = 19;

/* The value of a tag in a directory that begins at `at`: a number, or where its text lies. */
function valueOf(view, start, at, little, wanted) {
  for (let entry = at + 2, left = view.getUint16(at, little); left > 0; left -= 1, entry += 12) {
    if (view.getUint16(entry, little) === wanted) return start + view.getUint32(entry + 8, little);
  }
  return undefined;
}
function found(view) {
  for (let at = 2; view.getUint8(at) === 0xff && view.getUint8(at + 1) !== 0xda; at += 2 + view.getUint16(at + 2)) {
    if (view.getUint8(at + 1) !== 0xe1 || view.getUint32(at + 4) !== EXIF) continue;
    const start = at + 10, little = view.getUint16(start) === TIFF_IS_LITTLE;
    const details = valueOf(view, start, start + view.getUint32(start + 4, little), little, POINTER);
    const text = details && valueOf(view, start, details, little, TAKEN);
    return text ? String.fromCharCode(...new Uint8Array(view.buffer, text, LENGTH)) : "";
  }
  return "";
}
export async function takenAt(file) {
  try {
    const text = found(new DataView(await file.slice(0, HEAD).arrayBuffer()));
    return /^\d{4}(:\d\d){2} \d\d(:\d\d){2}$/.test(text) ? text : "";
  } catch {
    return "";
  }
}
