import { createRandom } from '../../src/learning/random.ts';
import type { Language } from '../app-window.ts';

interface Cast {
  readonly section: string;
  readonly students: readonly (readonly [family: string, given: string])[];
  readonly topics: readonly string[];
  readonly kinds: readonly (readonly [name: string, possible: number])[];
}

const pairs = (text: string): (readonly [string, string])[] =>
  text.split(', ').map((name) => name.split(' ').reverse() as [string, string]);

/** Invented people. */
const CASTS: Readonly<Record<Language, Cast>> = {
  en: {
    section: '6B Mathematics',
    students: pairs(
      'Amara Okafor, Ben Turner, Chloe Martin, Dev Patel, Ella Novak, Farid Haddad, Grace Kim, Hugo Silva, Isla Reid, Jonas Weber, Kemi Adeyemi, Leo Rossi, Mina Sato, Noah Clark, Olga Ivanova, Pedro Alvarez, Quinn Murphy, Rosa Jensen, Sami Nasser, Tara Singh, Umar Khan, Vera Horvat, Will Evans, Yara Costa',
    ),
    topics: ['Ratios', 'Percent', 'Fractions', 'Decimals', 'Expressions'],
    kinds: [
      ['quiz', 10],
      ['homework', 20],
      ['test', 50],
    ],
  },
  zh: {
    section: '六（2）班 数学',
    students: pairs(
      '安然 陈, 博文 林, 晨曦 王, 丹丹 李, 恩泽 张, 芳菲 刘, 国栋 杨, 海燕 黄, 嘉怡 周, 建华 吴, 可心 徐, 乐天 孙, 美琪 马, 念慈 朱, 欧阳 胡, 佩琪 郭, 清源 何, 若兰 高, 思远 罗, 天佑 郑, 文静 梁, 晓彤 谢, 雨轩 宋, 子涵 唐',
    ),
    topics: ['比例', '百分数', '分数', '小数', '代数式'],
    kinds: [
      ['小测', 10],
      ['作业', 20],
      ['考试', 50],
    ],
  },
};

export const topicsOf = (language: Language): readonly string[] => CASTS[language].topics;

/** A class's gradebook as Canvas exports it: marks follow an ability, the topic and the day. */
export function classGradebook(language: Language): string {
  const { section, students, topics, kinds } = CASTS[language];
  const random = createRandom(7);
  const assignments = topics.flatMap((topic, index) =>
    kinds.map(([kind, possible]) => ({
      title: language === 'zh' ? `${topic}${kind}` : `${topic} ${kind}`,
      possible,
      topic: index,
    })),
  );
  const rows = [
    [
      'Student',
      'ID',
      'SIS User ID',
      'SIS Login ID',
      'Section',
      ...assignments.map(({ title }, at) => `${title} (${9100 + at})`),
      'Final Score',
    ],
    ['    Points Possible', '', '', '', '', ...assignments.map(({ possible }) => possible.toFixed(2)), '(read only)'],
    ...students.map(([family, given], at) => {
      const ability = random.normal();
      return [
        `"${family}, ${given}"`,
        String(5200 + at),
        `N-${310 + at}`,
        `student${at + 1}@hillside.example`,
        section,
        ...assignments.map(({ possible, topic }) => {
          const chance = 1 / (1 + Math.exp(-(ability + 1.3 - 0.45 * topic + 0.5 * random.normal())));
          return random.uniform() < 0.04 ? '' : (Math.round(chance * possible * 2) / 2).toFixed(2);
        }),
        '',
      ];
    }),
  ];
  return `${rows.map((row) => row.join(',')).join('\n')}\n`;
}
