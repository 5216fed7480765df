import { Refusal } from '../content.ts';
import { parseNumber, plain, shown } from '../values.ts';

const RIGHT =
  /^(correct|right|true|yes|y|richtig|ja|wahr|correcto|sí|si|verdadero|correct e|vrai|oui|juste|正确|对|是|✓|✔|✔️|✔︎|☑|✅|√)$/;
const WRONG = /^(incorrect|wrong|false|no|n|falsch|nein|incorrecto|falso|faux|non|错误|错|否|✗|✘|✖|✘︎|☒|❌|×|x)$/;

/** Whether a cell says right or wrong without a number. */
export const saysRightOrWrong = (cell: string): boolean => RIGHT.test(plain(cell)) || WRONG.test(plain(cell));

/** Right or wrong in the words that tables use. @throws Refusal `bad-correct` */
export function verdict(cell: string, decimal: '.' | ',', column: string): number {
  const text = plain(cell);
  if (RIGHT.test(text)) return 1;
  if (WRONG.test(text)) return 0;
  const share = /^([\d.,]+)\s*\/\s*([\d.,]+)$/.exec(text);
  const value = share
    ? parseNumber(share[1]!, decimal) / parseNumber(share[2]!, decimal)
    : text.endsWith('%')
      ? parseNumber(text.slice(0, -1), decimal) / 100
      : parseNumber(text, decimal);
  if (value >= 0 && value <= 1) return value;
  throw new Refusal('bad-correct', `${column} "${shown(cell)}" is not a number from 0 (wrong) to 1 (right)`, {
    value: shown(cell),
  });
}
