// Messages from Python: see pack.py for the envelope.

const KINDS = { uint8: Uint8Array, uint16: Uint16Array, float32: Float32Array };

// The bytes of a trait, whatever the widget library wraps them in; null where there are none.
export function bytesOf(value) {
  if (!value) return null;
  let bytes = null;
  if (value instanceof Uint8Array) bytes = value;
  else if (value instanceof ArrayBuffer) bytes = new Uint8Array(value);
  else if (value.buffer instanceof ArrayBuffer) bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  return bytes && bytes.byteLength > 0 ? bytes : null;
}

export async function inflate(bytes) {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return await new Response(stream).arrayBuffer();
}

// Undo differences along an axis; sums wrap around as they did in Python.
export function undoDifferences(array, shape, axis) {
  const inner = shape.slice(axis + 1).reduce((a, b) => a * b, 1);
  const outer = shape.slice(0, axis).reduce((a, b) => a * b, 1);
  const length = shape[axis] * inner;
  for (let o = 0; o < outer; o++) {
    const end = (o + 1) * length;
    for (let i = o * length + inner; i < end; i++) array[i] += array[i - inner];
  }
}

export async function unpack(bytes) {
  const raw = await inflate(bytes);
  const mark = new TextDecoder().decode(new Uint8Array(raw, 0, 4));
  if (mark !== "PKP1") throw new Error("not a message for the player");
  const length = new DataView(raw).getUint32(4, true);
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(raw, 8, length)));
  const start = Math.ceil((8 + length) / 8) * 8;
  const arrays = {};
  for (const [name, place] of Object.entries(header.arrays)) {
    const count = place.shape.reduce((a, b) => a * b, 1);
    const array = new KINDS[place.type](raw, start + place.at, count);
    if (place.along >= 0 && count > 0) undoDifferences(array, place.shape, place.along);
    arrays[name] = array;
  }
  return { header, arrays };
}
