'use strict';
// The box that console.table draws.

const { getStringWidth } = internalBinding('internal/util/inspect');

function row(cells, widths) {
  const out = [];
  for (let i = 0; i < cells.length; i++) {
    out.push(` ${cells[i]}${' '.repeat(widths[i] - getStringWidth(cells[i]) + 1)}`);
  }
  return `│${out.join('│')}│`;
}

function table(head, columns) {
  const widths = head.map((h) => getStringWidth(h));
  let height = 0;
  for (let i = 0; i < columns.length; i++) height = Math.max(height, columns[i].length);
  const rows = [];
  for (let j = 0; j < height; j++) rows[j] = [];
  for (let i = 0; i < head.length; i++) {
    const column = columns[i];
    for (let j = 0; j < height; j++) {
      const value = Object.hasOwn(column, j) ? column[j] : '';
      rows[j][i] = value;
      widths[i] = Math.max(widths[i], getStringWidth(value));
    }
  }
  const line = widths.map((w) => '─'.repeat(w + 2));
  const out = [`┌${line.join('┬')}┐`, row(head, widths), `├${line.join('┼')}┤`];
  for (let j = 0; j < height; j++) out.push(row(rows[j], widths));
  out.push(`└${line.join('┴')}┘`);
  return out.join('\n');
}

module.exports = table;
