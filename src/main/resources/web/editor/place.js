// Where in a YAML text somebody types, by indentation: a half-written text is no YAML yet.

// The dashes and the key of a line with their columns.
function parts(line) {
  const found = [];
  let column = line.search(/\S/);
  while (/^-(?:\s|$)/.test(line.slice(column))) {
    found.push({ column, step: '*' });
    const rest = line.slice(column + 1);
    const gap = rest.search(/\S/);
    if (gap < 0) return found;
    column += 1 + gap;
  }
  const key = /^["']?([\w.-]+)["']?\s*:(?:\s|$)/.exec(line.slice(column));
  if (key) found.push({ column, step: key[1] });
  return found;
}

/** Keys from the root on, divided by slashes, `*` for list elements; null where no key stands. */
export function placeAt(text, position) {
  const lines = text.slice(0, position).split('\n');
  const here = lines.pop();
  if (!/^\s*(?:-\s+)*$/.test(here)) return null;
  const steps = [];
  let column = here.length;
  // A dash may stand below its key at the same column; its siblings stand there too.
  let dash = false;
  const climb = (line) => {
    for (const part of parts(line).reverse()) {
      const above = part.step === '*' || !dash ? part.column < column : part.column <= column;
      if (above) {
        steps.unshift(part.step);
        column = part.column;
        dash = part.step === '*';
      }
    }
  };
  climb(`${here}`);
  for (let at = lines.length - 1; at >= 0 && (column > 0 || dash); at -= 1) {
    if (lines[at].trim() && !lines[at].trim().startsWith('#')) climb(lines[at]);
  }
  return steps.join('/');
}
