import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openParcel } from '../../src/main/services/importing/source/parcel.ts';

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

async function rowsOf(text: string): Promise<{ delimiter: string; rows: { cells: string[]; line: number }[] }> {
  const { sheets } = await openParcel('t.csv', Buffer.from(text));
  const rows: { cells: string[]; line: number }[] = [];
  sheets[0]!.rows((cells, line) => {
    rows.push({ cells, line });
  });
  return { delimiter: sheets[0]!.delimiter, rows };
}

describe('lines that a spreadsheet quoted as a whole', () => {
  const cell = fc.stringMatching(/^[a-zé0-9 ",;]{1,8}$/).filter((text) => /^[a-zé0-9].*[a-zé0-9]$/.test(text));
  const table = fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), { minLength: 3, maxLength: 8 });

  it('are read as if nobody had, also beside lines without quotation marks and with the delimiters of empty cells behind', async () => {
    await fc.assert(
      fc.asyncProperty(table, fc.constantFrom('', ';', ';;'), fc.boolean(), async (body, behind, all) => {
        const rows = [['student', 'given_name', 'class'], ...body];
        const plain = rows.map((row) => row.map((each) => (/[",;]/.test(each) ? quoted(each) : each)).join(','));
        const wrap = (line: string): string => `${all || line.includes('"') ? quoted(line) : line}${behind}`;
        // Nothing shows that bare lines were lines of one cell.
        fc.pre(all || plain.some((line) => line.includes('"')));
        const read = await rowsOf(plain.map((line) => `${wrap(line)}\r\n`).join(''));
        expect(read.delimiter).toBe('comma');
        expect(read.rows).toEqual(rows.map((cells, index) => ({ cells, line: index + 1 })));
      }),
      { numRuns: 300 },
    );
  });

  it('are not seen where one column holds names with a comma, nor in a title above a table', async () => {
    expect((await rowsOf('Name\n"Li, Ana"\n"Li, Ben"\n')).rows.map(({ cells }) => cells)).toEqual([
      ['Name'],
      ['Li, Ana'],
      ['Li, Ben'],
    ]);
    expect((await rowsOf('"Class 5a, autumn"\nstudent,given_name,class\n1,"Li, Ana",5a\n')).rows[0]!.cells).toEqual([
      'Class 5a, autumn',
    ]);
  });

  it('are looked for in no more time than a line is long', async () => {
    const long = `"a"\n${','.repeat(120_000)}x\n"${'""'.repeat(30_000)}x\n`;
    await expect(rowsOf(long)).rejects.toMatchObject({ code: 'broken-quotes' });
  });
});
