import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CsvReader, DELIMITERS, detectDelimiter } from '../../src/main/services/importing/source/csv.ts';
import { ByteRows, ByteWords } from '../../src/main/services/importing/source/byte-rows.ts';
import { inMemory } from '../../src/main/services/importing/source/byte-source.ts';
import { readImportFile } from '../../src/main/services/importing/read-file.ts';

function read(text: string, delimiter: string, pieces = 1): { rows: string[][]; lines: number[] } {
  const rows: string[][] = [];
  const lines: number[] = [];
  const reader = new CsvReader('t.csv', delimiter, (cells, line) => {
    rows.push(cells);
    lines.push(line);
  });
  const size = Math.max(1, Math.ceil(text.length / pieces));
  for (let at = 0; at < text.length; at += size) reader.push(text.slice(at, at + size));
  reader.end();
  return { rows, lines };
}

const cell = fc.stringMatching(/^[a-z0-9 ,;"\n\t=é]{0,8}$/);
const table = fc.array(fc.array(cell, { minLength: 1, maxLength: 5 }), { maxLength: 8 });
const quoted = (text: string, always: boolean): string =>
  always || /[",;\t\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;

describe('delimited text', () => {
  it('reads what csv-parse reads, whatever the pieces and line ends', () => {
    fc.assert(
      fc.property(
        table,
        fc.constantFrom(...DELIMITERS),
        fc.constantFrom('\n', '\r\n', '\r'),
        fc.integer({ min: 1, max: 9 }),
        fc.boolean(),
        (rows, delimiter, end, pieces, always) => {
          const text = rows.map((row) => row.map((each) => quoted(each, always)).join(delimiter)).join(end);
          const expected = parse(text.replaceAll(/\r\n?/g, '\n'), {
            delimiter,
            relax_column_count: true,
            relax_quotes: true,
            skip_empty_lines: true,
            trim: true,
          }) as string[][];
          const blank = (row: readonly string[]): boolean => row.every((each) => each.trim() === '');
          expect(read(text, delimiter, pieces).rows).toEqual(
            expected.map((row) => row.map((each) => each.trim())).filter((row) => !blank(row)),
          );
        },
      ),
      { numRuns: 500 },
    );
  });

  it('is read from its bytes in pieces as from its text, and equal cells are one word', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.stringMatching(/^[a-z0-9 .é]{0,8}$/), { minLength: 1, maxLength: 5 }), { maxLength: 8 }),
        fc.constantFrom('\n', '\r\n'),
        fc.integer({ min: 1, max: 40 }),
        (rows, end, piece) => {
          const text = rows.map((row) => row.join(',')).join(end);
          const bytes = new ByteRows(inMemory(new TextEncoder().encode(text)), ',', 0, 1, piece);
          const words = new ByteWords();
          const numbers = new Map<string, number>();
          const found: { rows: string[][]; lines: number[] } = { rows: [], lines: [] };
          for (let line = bytes.advance(); line > 0; line = bytes.advance()) {
            const cells = bytes.texts()!;
            found.rows.push(cells);
            found.lines.push(line);
            for (const [cell, word] of cells.entries()) {
              const number = bytes.intern(cell, words);
              expect(numbers.get(word) ?? number).toBe(number);
              numbers.set(word, number);
            }
          }
          expect(found).toEqual(read(text, ','));
          expect(words.count).toBe(numbers.size);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('numbers the lines as an editor does, over blank lines and cells with line breaks', () => {
    expect(read('a,b\r\n\r\n"x\r\ny",1\r\nlast,2', ',', 5)).toEqual({
      rows: [
        ['a', 'b'],
        ['x\ny', '1'],
        ['last', '2'],
      ],
      lines: [1, 4, 5],
    });
  });

  it('takes ="…" as one cell, quotation marks in the middle as text, and says where one never closes', () => {
    expect(read('="Nguyen, Minh",7\n5" pipe,"a "b" c"\n', ',').rows).toEqual([
      ['="Nguyen, Minh"', '7'],
      ['5" pipe', 'a "b" c'],
    ]);
    expect(() => read('a,b\n1,2\n"open,3\n4,5\n', ',')).toThrow(/line 3/);
  });

  it('finds the delimiter under lines of prose and in cells that hold others', () => {
    expect(detectDelimiter('Report for class 6B, spring\nPrinted, 12 March\n\na;b;c\n1,5;2;3\n2,5;3;4\n')).toBe(';');
    expect(detectDelimiter('name\tnote\nA\t"x, y, z"\nB\tp, q\n')).toBe('\t');
  });
});

describe('the quick way over plain answers', () => {
  const value = fc.constantFrom('0', '1', '0.5', '1.0', ' 1', 'x', '', '2', '-1', '1e0', '=1', '9007199254740993', 'é', ' ');
  const row = fc.tuple(
    fc.constantFrom('a', 'b', ' b', '=c', '', 'ä'),
    value,
    fc.constantFrom('q1', 'q2 ', ''),
    fc.constantFrom('s', 's~t', '', 't~s'),
    value,
    value,
    value,
    value,
  );
  it('gives the same content and the same refusals as the way that takes any file', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 12 }), fc.constantFrom('\n', '\r\n'), async (rows, end) => {
        const lines = [
          'student,order,item,skill,correct,timestamp,response_time_ms,attempt',
          ...rows.map((each) => each.join(',')),
        ];
        const quick = new TextEncoder().encode(lines.join(end));
        // One quotation mark anywhere sends the file the other way.
        const slow = new TextEncoder().encode([`"student"${lines[0]!.slice(7)}`, ...lines.slice(1)].join(end));
        const [a, b] = [await readImportFile('a.csv', quick), await readImportFile('a.csv', slow)];
        const plain = ({ content }: typeof a): unknown => {
          const { answers } = content;
          const rowsOf = Array.from({ length: answers.length }, (_, at) => [
            content.students[answers.student[at]!]!.keys[0]!.value,
            answers.position[at],
            answers.questions[answers.question[at]!],
            answers.skillSets[answers.skillSet[at]!],
            answers.correct[at],
            answers.answeredAt[at],
            answers.responseTimeMs[at],
            answers.attempt[at],
          ]);
          return { rowsOf, refused: content.refused };
        };
        expect(plain(a)).toEqual(plain(b));
      }),
      { numRuns: 300 },
    );
  });
});
