/** One way of writing, as an old encoding may hold it. */
export interface Script {
  readonly encoding: string;
  /** Letters beyond ASCII, in lower case. Where words are wholly of them, a bar parts the commonest from the rest. */
  readonly letters: string;
  /** Whether words are wholly of these letters: Cyrillic, Greek, Arabic, Hebrew. */
  readonly whole: boolean;
}

const latin = (encoding: string, ...alphabets: readonly string[]): Script[] =>
  alphabets.map((letters) => ({ encoding, letters, whole: false }));
const whole = (encoding: string, ...alphabets: readonly string[]): Script[] =>
  alphabets.map((letters) => ({ encoding, letters, whole: true }));

const WESTERN = [
  'äöüßé', // German
  'áéíóúüñºª', // Spanish
  'àâæçéèêëîïôœùûüÿ', // French
  'áâãàçéêíóôõúü', // Portuguese
  'àèéìíîòóùú', // Italian
  'áàçéèëêíïóöôúü', // Dutch, Catalan
  'æøåéäöü', // Danish, Norwegian
  'åäöéü', // Swedish, Finnish
  'áéíóúâêîôûŵŷ', // Irish, Welsh
  'áðéíóúýþæö', // Icelandic
];
const RUSSIAN = 'оеаинтсрвлкмдпуяыь|бгзйхцчшщъэюёжф';
const UKRAINIAN = 'оаниівретслкмдпуя|бгзйхцчшщьюєїґжф';

/** Old encodings of one byte a character and the alphabets that are written in them; the likeliest of two that fit as well stands first. */
export const SCRIPTS: readonly Script[] = [
  ...latin('windows-1252', ...WESTERN),
  ...latin('macintosh', ...WESTERN),
  ...latin(
    'windows-1250',
    'ąćęłńóśźż', // Polish
    'áčďéěíňóřšťúůýž', // Czech
    'áäčďéíĺľňóôŕšťúýž', // Slovak
    'áéíóöőúüű', // Hungarian
    'čćđšž', // Croatian, Slovene, Bosnian
    'ăâîşţ', // Romanian
    'äöüßé', // German
  ),
  ...latin('windows-1254', 'çğıöşüâîû', ...WESTERN.slice(0, -1)),
  ...latin('windows-1257', 'ąčęėįšųūž', 'āčēģīķļņšūž', 'äõöüšž'),
  ...latin('iso-8859-2', 'ąćęłńóśźż', 'áčďéěíňóřšťúůýž', 'áéíóöőúüű'),
  ...whole('windows-1251', RUSSIAN, UKRAINIAN),
  ...whole('koi8-r', RUSSIAN),
  ...whole('iso-8859-5', RUSSIAN),
  ...whole('ibm866', RUSSIAN),
  ...whole('windows-1253', 'αοιετσςνηυρ|βγδζθκλμξπφχψωάέήίόύώϊϋΐΰ'),
  ...whole('windows-1256', 'اليمونترهبعد|سفحقكجشطخصضغذثزظءأإآةىؤئپچژگ'),
  ...whole('windows-1255', 'יוהלאמתרשנבדכחקפסעגטזצ|םןףץך'),
];

/** An encoding of two bytes a character: which pairs are its everyday characters. */
export interface WideScript {
  readonly encoding: string;
  /** Whether two bytes are an everyday character of it. */
  usual(lead: number, trail: number): boolean;
  /** Whether they are a character of it at all. */
  known(lead: number, trail: number): boolean;
}

const within = (value: number, from: number, to: number): boolean => value >= from && value <= to;
/** Rows of marks, of full-width letters and digits: in GB and EUC alike. */
const sign = (lead: number, trail: number): boolean => (lead === 0xa1 || lead === 0xa3) && trail >= 0xa1;

/** The everyday characters stand together in each: GB's and JIS' first level, Big5's frequent ones, the Hangul syllables, the kana. */
export const WIDE_SCRIPTS: readonly WideScript[] = [
  {
    encoding: 'GB18030',
    usual: (lead, trail) => (within(lead, 0xb0, 0xd7) && trail >= 0xa1) || sign(lead, trail),
    known: (lead, trail) => within(lead, 0x81, 0xfe) && (within(trail, 0x40, 0x7e) || within(trail, 0x80, 0xfe)),
  },
  {
    encoding: 'Big5',
    usual: (lead, trail) =>
      (within(lead, 0xa4, 0xc6) && (within(trail, 0x40, 0x7e) || trail >= 0xa1)) || (lead === 0xa1 && within(trail, 0x40, 0x7e)),
    known: (lead, trail) => within(lead, 0xa1, 0xf9) && (within(trail, 0x40, 0x7e) || within(trail, 0xa1, 0xfe)),
  },
  {
    encoding: 'Shift_JIS',
    usual: (lead, trail) =>
      (lead === 0x82 && within(trail, 0x4f, 0xf1)) ||
      (lead === 0x83 && within(trail, 0x40, 0x96)) ||
      (within(lead, 0x88, 0x97) && trail >= 0x40) ||
      (lead === 0x81 && within(trail, 0x40, 0xac)),
    known: (lead, trail) =>
      (within(lead, 0x81, 0x9f) || within(lead, 0xe0, 0xfc)) && (within(trail, 0x40, 0x7e) || within(trail, 0x80, 0xfc)),
  },
  {
    encoding: 'EUC-JP',
    usual: (lead, trail) => ((lead === 0xa4 || lead === 0xa5 || within(lead, 0xb0, 0xcf)) && trail >= 0xa1) || sign(lead, trail),
    known: (lead, trail) => within(lead, 0xa1, 0xfe) && within(trail, 0xa1, 0xfe),
  },
  {
    encoding: 'EUC-KR',
    usual: (lead, trail) => (within(lead, 0xb0, 0xc8) && trail >= 0xa1) || sign(lead, trail),
    known: (lead, trail) => within(lead, 0xa1, 0xfd) && within(trail, 0xa1, 0xfe),
  },
];
