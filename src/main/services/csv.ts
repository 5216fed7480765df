/** What a spreadsheet may run as a formula when a text begins with it (OWASP, CSV injection), with the wide forms that some take for the same. */
const RISKY = String.raw`[=+\-@\t\r＝＋－＠]`;
const BEGINS_RISKY = new RegExp(`^'*${RISKY}`);
const ESCAPED = new RegExp(`^'+${RISKY}`);
const NUMBER = /^[+-]?\d+([.,]\d+)?$/;

/** A text with an apostrophe in front where a spreadsheet would run it; so that it can be read again, apostrophes before such a text get one more. */
export const escapeFormula = (text: string): string => (BEGINS_RISKY.test(text) && !NUMBER.test(text) ? `'${text}` : text);

/** The same for a place that is text anyway, such as a text cell of a workbook: only what reading would take away is kept by one apostrophe more. */
export const escapeText = (text: string): string => (ESCAPED.test(text) || text.startsWith('="') ? `'${text}` : text);

/** The inverse of both. */
export const unescapeFormula = (cell: string): string => (cell.startsWith("'") && ESCAPED.test(cell) ? cell.slice(1) : cell);

/** Rows as CSV (RFC 4180, CRLF); formulas are escaped, numbers stay numbers. */
export function stringify(rows: readonly (readonly string[])[], escape: (text: string) => string = escapeFormula): string {
  return rows.map((row) => `${row.map((cell) => quoted(escape(cell))).join(',')}\r\n`).join('');
}

const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
