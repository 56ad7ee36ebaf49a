/* When a camera says a photo was taken ("2026:10:10 14:03:59", its own time), "" where it says nothing that can be
   read: a picture that is made smaller on the phone loses it. In JPEG, HEIC and WebP alike it stands in a small TIFF,
   which is found by how it begins; where that is in the file each of them tells in its own way. */
const STAR = 0x2a, LITTLE = 0x49492a00, BIG = 0x4d4d002a, POINTER = 0x8769, TAKEN = 0x9003, LENGTH = 19;

/* The value of a tag in a directory that begins at `at`: where the directory or the text lies that it points to. */
function valueOf(view, start, at, little, wanted) {
  for (let entry = at + 2, left = view.getUint16(at, little); left > 0; left -= 1, entry += 12) {
    if (view.getUint16(entry, little) === wanted) return start + view.getUint32(entry + 8, little);
  }
  return undefined;
}
function told(view, start, little) {
  try {
    const details = valueOf(view, start, start + view.getUint32(start + 4, little), little, POINTER);
    const text = details && valueOf(view, start, details, little, TAKEN);
    const said = text ? String.fromCharCode(...new Uint8Array(view.buffer, text, LENGTH)) : "";
    return /^\d{4}(:\d\d){2} \d\d(:\d\d){2}$/.test(said) ? said : "";
  } catch {
    /* These bytes began like a TIFF and were none. */
    return "";
  }
}
export async function takenAt(file) {
  const buffer = await file.arrayBuffer().catch(() => new ArrayBuffer(0));
  const bytes = new Uint8Array(buffer), view = new DataView(buffer);
  for (let at = bytes.indexOf(STAR, 3); at >= 0 && at < bytes.length - 2; at = bytes.indexOf(STAR, at + 1)) {
    const little = view.getUint32(at - 2) === LITTLE;
    const said = little || view.getUint32(at - 3) === BIG ? told(view, little ? at - 2 : at - 3, little) : "";
    if (said) return said;
  }
  return "";
}
