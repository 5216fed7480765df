/**
 * Rows as CSV (RFC 4180, CRLF). A cell that a spreadsheet would run as a formula gets an apostrophe in front (OWASP, CSV injection);
 * numbers stay numbers.
 */
export function stringify(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

function cell(text: string): string {
  const risky = /^[=+\-@\t\r]/.test(text) && !/^[+-]?\d+([.,]\d+)?$/.test(text);
  const safe = risky ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
