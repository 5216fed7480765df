import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { decodeText } from '../../src/main/services/importing/source/text.ts';

/** Short class lists, as spreadsheets and school systems of each country save them. */
const CLASSES: readonly (readonly [encoding: string, what: string, names: readonly string[]])[] = [
  ['windows-1252', 'German', ['Müller', 'Groß', 'Jörg Weiß', 'Änne']],
  ['windows-1252', 'Spanish', ['García', 'Muñoz', 'José Peña', 'Ibáñez']],
  ['windows-1252', 'French', ['Hélène', 'François', 'Noël', 'Zoé Lefèvre']],
  ['windows-1252', 'Danish and Norwegian', ['Søren Kjær', 'Åse Ødegård', 'Bjørn']],
  ['windows-1252', 'Portuguese', ['João Conceição', 'Luís', 'Antônio']],
  ['windows-1252', 'one name', ['José']],
  ['windows-1252', 'an apostrophe', ['O’Neill', 'Quiz “A”']],
  ['windows-1252', 'a class of many countries', ['García Márquez', 'Müller', 'Ødegård', 'Çelik', 'Åse', 'McÉvoy']],
  ['macintosh', 'German', ['Müller', 'Groß', 'Jörg Weiß', 'Änne']],
  ['macintosh', 'one name', ['José']],
  ['windows-1250', 'Polish', ['Żółkowska', 'Łukasz', 'Wiśniewski']],
  ['windows-1250', 'Czech', ['Jiří Dvořák', 'Růžičková', 'Květa', 'Novák']],
  ['windows-1250', 'Hungarian', ['Szűcs', 'Győző', 'Kovács Ödön']],
  ['windows-1250', 'Croatian', ['Đurđica Šimić', 'Kovačević', 'Žiga']],
  ['windows-1254', 'Turkish', ['İpek Çelik', 'Ayşe Yıldız', 'Oğuz Şahin']],
  ['windows-1257', 'Lithuanian', ['Žukauskas', 'Rūta Kazlauskienė', 'Ąžuolas']],
  ['windows-1251', 'Russian', ['Анна Иванова', 'Смирнов', 'Пётр Кузнецов']],
  ['windows-1251', 'Russian in capitals', ['ИВАНОВА АННА', 'СМИРНОВ ПЁТР']],
  ['windows-1251', 'Ukrainian', ['Шевченко Олексій', 'Ковальчук Юлія']],
  ['koi8-r', 'Russian', ['Анна Иванова', 'Смирнов', 'Пётр Кузнецов']],
  ['windows-1253', 'Greek', ['Γιώργος Παπαδόπουλος', 'Ελένη Νικολάου']],
  ['windows-1256', 'Arabic', ['محمد الأحمد', 'فاطمة الحسن', 'علي خالد']],
  ['windows-1255', 'Hebrew', ['כהן דוד', 'לוי שרה', 'מזרחי יעל']],
  ['GB18030', 'two names', ['王伟', '李芳']],
  ['GB18030', 'Chinese headers above Latin names', ['姓名', '学号', 'García', 'María José']],
  ['GB18030', 'whole sentences', ['题目，知识点', '一元二次方程（1）', '欧阳娜娜']],
  ['Big5', 'Chinese of Taiwan', ['學號', '姓名', '陳志明', '林怡君']],
  ['Shift_JIS', 'Japanese', ['佐藤 太郎', '鈴木 花子', 'さくら']],
  ['EUC-JP', 'Japanese', ['佐藤 さくら', '鈴木 はなこ']],
  ['EUC-KR', 'Korean', ['김민준', '이서연']],
];

describe('an encoding that nobody names', () => {
  it.each(CLASSES)('%s: %s', (encoding, _, names) => {
    const text = `student,name,class\n${names.map((name, index) => `${index},${name},7A`).join('\n')}\n`;
    const bytes = new Uint8Array(iconv.encode(text, encoding));
    expect(decodeText('roster.csv', bytes).whole()).toBe(text);
  });
});
