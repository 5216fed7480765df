import { unescapeFormula } from '../csv.ts';

/** How a number is written: which sign parts off the fraction. */
export type DecimalSign = '.' | ',';

/** `="007"` is how spreadsheets are told to keep a text, `'=1+1` how a text is kept from being run; they mean 007 and =1+1. */
export function unwrapped(cell: string): string {
  if (!cell.startsWith('="')) return unescapeFormula(cell);
  const wrapped = /^="(.*)"$/s.exec(cell);
  return wrapped ? wrapped[1]!.replaceAll('""', '"') : cell;
}

/** A cell as words: no control characters, one form of each letter. */
export function words(cell: string): string {
  if (/^[\u0020-\u007e]*$/.test(cell)) return unwrapped(cell).trim();
  return unwrapped(cell)
    .replaceAll(/[\u0000-\u001f\u007f\u00ad\u200b-\u200f\u2028\u2029\ufeff]+/g, ' ')
    .normalize('NFC')
    .trim();
}

/** What a header is compared by. */
export const plain = (header: string): string =>
  words(header)
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s_]+/g, ' ')
    .replace(/\s*:$/, '')
    .trim();

/** What the numbers of a table use; a point where nothing tells. */
export function detectDecimal(cells: Iterable<string>, byDelimiter: string): DecimalSign {
  let commas = 0;
  let points = 0;
  for (const cell of cells) {
    if (/^-?\d+,\d+\s*%?$/.test(cell)) commas += /^-?[1-9]\d{0,2},\d{3}$/.test(cell) ? 0.1 : 1;
    else if (/^-?\d+\.\d+\s*%?$/.test(cell)) points++;
  }
  if (commas === points) return byDelimiter === 'semicolon' ? ',' : '.';
  return commas > points ? ',' : '.';
}

/** The number that a text of at most 15 digits is; −1 where it is anything else. Most cells of long files are such. */
export function digits(cell: string): number {
  if (cell.length === 0 || cell.length > 15) return -1;
  let value = 0;
  for (let at = 0; at < cell.length; at++) {
    const code = cell.charCodeAt(at);
    if (code < 48 || code > 57) return -1;
    value = value * 10 + code - 48;
  }
  return value;
}

/** Digits of Arabic, of Persian and of full width as those of ASCII. */
const westernDigits = (cell: string): string =>
  /^[\u0020-\u007e\u00a0]*$/.test(cell)
    ? cell
    : cell
        .replaceAll(/[٠-٩۰-۹]/g, (digit) => String((digit.codePointAt(0)! & 0xf) % 10))
        .replaceAll('٫', ',')
        .replaceAll('٬', '')
        .normalize('NFKC');

/** NaN where the text is no number. Thousands may be parted off; a percent sign is not taken. */
export function parseNumber(cell: string, decimal: DecimalSign): number {
  const whole = digits(cell);
  if (whole >= 0) return whole;
  let text = westernDigits(cell).replaceAll(/[\s\u00a0\u202f'’]/g, '');
  if (text === '') return Number.NaN;
  if (/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text) && (decimal === '.' || !/^[+-]?\d{1,3}\.\d{3}$/.test(text)))
    return Number(text);
  const [point, group] = decimal === '.' ? ['\\.', ','] : [',', '\\.'];
  if (new RegExp(`^[+-]?\\d{1,3}(${group}\\d{3})+(${point}\\d+)?$`).test(text))
    text = text.replaceAll(new RegExp(group, 'g'), '').replace(',', '.');
  else if (/^[+-]?\d*,\d+$/.test(text)) text = text.replace(',', '.');
  return /^[+-]?(\d+\.?\d*|\.\d+)$/.test(text) ? Number(text) : Number.NaN;
}

/** "Last, First" → its parts; a name without a comma stays one. */
export function splitName(name: string): { givenName: string; familyName: string } {
  const comma = /^([^,]+),\s*(.+)$/.exec(name) ?? /^([^，]+)，\s*(.+)$/.exec(name);
  return comma ? { givenName: comma[2]!.trim(), familyName: comma[1]!.trim() } : { givenName: name, familyName: '' };
}

/** A copy of its own: a part of a text otherwise keeps the whole piece of the file in memory. */
export const detached = (text: string): string => (text.length < 13 ? text : Buffer.from(text, 'utf16le').toString('utf16le'));

export const shown = (value: string): string => (value.length > 40 ? `${value.slice(0, 39)}…` : value);

/** A file's name without its ending and without what a browser or an export adds: dates, "(1)", "grades". */
export function titleOfFile(file: string): string {
  const stem = file
    .replace(/^.*[\\/]/, '')
    .replace(/\.gz$/i, '')
    .replace(/\.(csv|tsv|txt|xlsx|zip|json)$/i, '')
    .replace(/\.(csv|tsv)$/i, '')
    .replace(/\s*\(\d+\)$/, '')
    .replace(/\s+-\s+(Form Responses|Formularantworten|Respuestas de formulario|Réponses au formulaire|表单回复)( \d+)?$/i, '')
    .replaceAll(/[-_ ]?\d{4}-?\d\d-?\d\d([-_T ]?\d{2,4}([-_:h]?\d\d){0,2})?/g, '')
    .replace(/[-_ ](grades?|responses?|responsedata|comma[_-]separated|bewertungen|antworten|export)$/i, '')
    .replace(
      /[-_ ]\((Responses|Antworten|respuestas|réponses|respostas|risposte|reacties|odpowiedzi|ответы|回答|응답|回复|回覆)\)/i,
      '',
    );
  return stem.trim() === '' ? file : stem.trim();
}

/** Columns that no import ever keeps; the value says which kind, with words `imports.sensitive.<kind>`. */
const SENSITIVE: readonly (readonly [kind: string, pattern: RegExp])[] = [
  ['password', /\b(pass ?words?|passwort|kennwort|contraseñas?|mot de passe|pin)\b|密码|口令/],
  [
    'ethnicity',
    /\b(race|races|racial|ethnic(ity)?|ethnic origin|hispanic|latin[ox]|ethnie|etnia|raza|herkunft)\b|^(black|white|asian|african american|native american|american indian|pacific islander)$|race ?ethnicity|民族|种族|籍贯/,
  ],
  [
    'disability',
    /\b(disabilit(y|ies)|disabled|iep|iep status|504|section 504|plan ?504|sped|special ed(ucation)?|handicap|behinderung|förderbedarf|discapacidad|accommodations?( offered)?( received)?|ell|ell status|esl|lep|english learner|medical|health|allerg(y|ies)|medication)\b|accommodations|残疾|残障|病史/,
  ],
  [
    'lunch',
    /\b(lunch|frl|frl status|free reduced( lunch)?|reduced lunch|meal( status)?|fsm|free school meals|economically disadvantaged|economicdisadvantagestatus|income|low income|homeless|foster|migrant|immigrant)\b|午餐|贫困|低保/,
  ],
  [
    'address',
    /\b(street|home|mailing|postal|residential|permanent)? ?address(es)?( ?\d| line.*)?$|\b(street|zip|zip ?code|post ?code|postal code|city|county|anschrift|adresse|straße|plz|wohnort|domicilio|direcci[oó]n|adresse postale|code postal)\b|住址|地址|邮编/,
  ],
  [
    'phone',
    /\b(phones? ?\d?|phone ?number|telephone|mobile|cell ?phone|sms|fax|telefon(nummer)?|handy|tel[eé]fono|m[oó]vil|t[eé]l[eé]phone|portable)\b|电话|手机/,
  ],
  [
    'identity',
    /\b(ssn|social security|passport|national id|birth ?dates?|date of birth|dob|geburts(tag|datum)|fecha de nacimiento|date de naissance|religion|nationality|citizenship|staatsangehörigkeit|country of birth)\b|身份证|出生|生日|宗教|国籍|政治面貌/,
  ],
  [
    'family',
    /\b(parents?|guardians?|mother|father|emergency contact|contact (name|email|phone|type|relationship)|eltern|tutor legal)\b|家长|父亲|母亲|监护人/,
  ],
];

/** Which kind of sensitive column a header names, if any. An email address is none: students are matched by it. */
export function sensitiveKind(header: string): string | undefined {
  const text = plain(header)
    .replace(/^(background|preference|behaviou?r)\./, '')
    .replaceAll(/[.\-/]+/g, ' ')
    .trim();
  if (/e-?\s?mail|correo|courriel|邮件|邮箱/.test(text)) return /parent|guardian|contact/.test(text) ? 'family' : undefined;
  if (/\bip address\b/.test(text)) return 'address';
  return SENSITIVE.find(([, pattern]) => pattern.test(text))?.[0];
}
