import { plain, words } from '../values.ts';

/** Words that no student is called: they head rows that sum a class up, in marks' tables and below them. */
const SUMMARY = new RegExp(
  [
    'class scoring',
    '((class|overall|group|course|section|column) )?(average|averages|mean|median|std\\.? ?dev\\.?|standard deviation)( score| grade| points)?',
    '((class|grand|overall|sub) ?)?(total|totals)( (number )?(of )?(students?|points|score))?',
    '(total |number of |count of )students?',
    '(lowest|highest|minimum|maximum)( score| grade| points)?',
    '(klassen|gesamt)?(durchschnitt|mittelwert)|notendurchschnitt|(gesamt)?summe|anzahl( der)? schüler(innen)?',
    'promedio( general| del grupo)?|media( complessiva| general| geral| da turma| della classe)?|moyenne( globale| générale| de la classe)?|média( geral| da turma)?',
    'gemiddelde|średnia( ogólna)?|общее среднее|среднее( значение| арифметическое)?|средний балл|итого|всего|ortalama|المتوسط|المجموع|genomsnitt|gennemsnitt?|gjennomsnitt|keskiarvo|průměr|átlag',
    '(班级|全班|总|總|年级)?平均(分|分数|成绩|值)?|最高分?|最低分?|(及格|优秀|良好|低分)(率|人数)|合计|总计|小计|總計|合計|总人数|人数|参考人数|标准差|中位数|平均点|全体平均|평균|합계',
  ]
    .map((part) => `(${part})`)
    .join('|')
    .replace(/^/, '^(')
    .replace(/$/, ')[\\s:：]*[\\d.,%]*$'),
);

/**
 * Whether a row sums students up instead of being one's: one of its first cells says so and nothing identifies a student.
 * @param ids the columns that identify a student; a row that has any of them is a student's
 */
export function isSummaryRow(cells: readonly string[], ids: readonly number[] = []): boolean {
  if (isRemark(cells)) return true;
  if (ids.some((index) => index >= 0 && isId(cells[index] ?? ''))) return false;
  return cells.slice(0, 3).some((cell) => cell !== '' && cell.length <= 60 && SUMMARY.test(plain(cell)));
}

const REMARK =
  /^((exported|printed|generated|created|downloaded|report|source|notes?|legend|page|seite|erstellt|gedruckt|exportiert|quelle|hinweis|exportado|impreso|página|exporté|imprimé|généré)\b[\s:.]|(导出|打印|制表|备注|说明|注)\P{L}|第\s*\d+\s*页|©|\*|https?:)/iu;

/** A line below or between the students that says something of the file: when it was printed, which page it is. */
const isRemark = (cells: readonly string[]): boolean => {
  const said = cells.filter((cell) => cell !== '');
  return said.length === 1 && cells.length > 2 && REMARK.test(`${plain(said[0]!)} `);
};

/** An identifying cell that is no such word itself. */
function isId(cell: string): boolean {
  const text = words(cell);
  return text !== '' && text !== '-' && !SUMMARY.test(plain(text));
}
