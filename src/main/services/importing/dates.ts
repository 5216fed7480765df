const MONTHS: Readonly<Record<string, number>> = Object.fromEntries(
  [
    ['january', 'jan', 'januar', 'enero', 'ene', 'janvier', 'janv', 'jän', 'jänner', 'gennaio', 'janeiro'],
    ['february', 'feb', 'februar', 'febrero', 'février', 'févr', 'fevrier', 'fevereiro', 'febbraio'],
    ['march', 'mar', 'märz', 'mär', 'mrz', 'marzo', 'mars', 'março'],
    ['april', 'apr', 'abril', 'abr', 'avril', 'avr', 'aprile'],
    ['may', 'mai', 'mayo', 'maggio', 'maio'],
    ['june', 'jun', 'juni', 'junio', 'juin', 'giugno', 'junho'],
    ['july', 'jul', 'juli', 'julio', 'juillet', 'juil', 'luglio', 'julho'],
    ['august', 'aug', 'agosto', 'ago', 'août', 'aout'],
    ['september', 'sep', 'sept', 'septiembre', 'septembre', 'settembre', 'setembro'],
    ['october', 'oct', 'oktober', 'okt', 'octubre', 'octobre', 'ottobre', 'outubro'],
    ['november', 'nov', 'noviembre', 'novembre', 'novembro'],
    ['december', 'dec', 'dezember', 'dez', 'diciembre', 'dic', 'décembre', 'déc', 'dicembre', 'dezembro'],
  ].flatMap((names, month) => names.map((name) => [name, month])),
);

/** 3/4/2026 means two different days: which one, the other dates of its column tell. */
export type DateOrder = 'dmy' | 'mdy';

/** The order of day and month in a column; month first with slashes, day first with points, where no date tells. */
export function detectDateOrder(cells: Iterable<string>): DateOrder {
  let slashes = 0;
  let points = 0;
  for (const cell of cells) {
    const parts = /^\D*(\d{1,2})([/.-])(\d{1,2})\2\d{2,4}/.exec(cell);
    if (!parts) continue;
    if (Number(parts[1]) > 12) return 'dmy';
    if (Number(parts[3]) > 12) return 'mdy';
    if (parts[2] === '/') slashes++;
    else points++;
  }
  return points > slashes ? 'dmy' : 'mdy';
}

/**
 * A point in time, in milliseconds since 1970 UTC; NaN where the text is none. A time without a zone counts as UTC, so that an import
 * gives the same on every machine.
 */
export function parseDate(text: string, order: DateOrder = 'mdy'): number {
  const cell = text.trim();
  if (cell === '') return Number.NaN;
  if (/^\d{10}$/.test(cell)) return Number(cell) * 1000;
  if (/^\d{12,14}$/.test(cell)) return Number(cell);
  const iso =
    /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]\s*(.*))?$/.exec(cell) ?? /^(\d{4})年(\d{1,2})月(\d{1,2})日\s*(.*)$/.exec(cell);
  if (iso) return build(Number(iso[1]), Number(iso[2]) - 1, Number(iso[3]), iso[4] ?? '');
  const numeric = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})(?:,?\s+(.*))?$/.exec(cell);
  if (numeric) {
    const [first, second] = [Number(numeric[1]), Number(numeric[2])];
    const year = numeric[3]!.length === 2 ? 2000 + Number(numeric[3]) : Number(numeric[3]);
    const [day, month] = order === 'dmy' || first > 12 ? [first, second] : [second, first];
    return build(year, month - 1, day, numeric[4] ?? '');
  }
  // "Thursday, 12 March 2026, 9:05 AM", "12. März 2026 09:05", "Mar 12, 2026 9:05"
  const named =
    /^(?:\p{L}+\.?,?\s+)?(\d{1,2})(?:\.|st|nd|rd|th)?\s*(?:de\s+)?(\p{L}+)\.?,?\s*(?:de\s+)?(\d{4})(?:,?\s*(.*))?$/u.exec(cell) ??
    undefined;
  if (named) {
    const month = MONTHS[named[2]!.toLowerCase()];
    if (month !== undefined) return build(Number(named[3]), month, Number(named[1]), named[4] ?? '');
  }
  const american = /^(?:\p{L}+,?\s+)?(\p{L}+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?:,?\s*(?:at\s+)?(.*))?$/u.exec(cell);
  if (american) {
    const month = MONTHS[american[1]!.toLowerCase()];
    if (month !== undefined) return build(Number(american[3]), month, Number(american[2]), american[4] ?? '');
  }
  return Number.NaN;
}

function build(year: number, month: number, day: number, time: string): number {
  if (month < 0 || month > 11 || day < 1 || day > 31 || year < 1900) return Number.NaN;
  const clock = timeOfDay(time);
  if (Number.isNaN(clock)) return Number.NaN;
  const date = Date.UTC(year, month, day);
  return new Date(date).getUTCMonth() === month ? date + clock : Number.NaN;
}

/** Milliseconds since midnight UTC: "9:05 AM", "23:25:41", "10:15:00 AM GMT+5:30", "08:30:00.5Z", "上午9:05:00". */
function timeOfDay(text: string): number {
  const time = text.trim();
  if (time === '') return 0;
  const parts =
    /^(上午|下午)?\s*(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:[.,](\d+))?)?\s*([ap])?\.?\s?m?\.?\s*(?:(?:GMT|UTC)?\s*(Z|[+−-]\d{1,2}(?::?\d{2})?)|GMT|UTC|[A-Z]{3,4}|Uhr)?(?:\s*\(.*\))?$/iu.exec(
      time,
    );
  if (!parts) return Number.NaN;
  let hours = Number(parts[2]);
  const [minutes, seconds] = [Number(parts[3]), Number(parts[4] ?? 0)];
  const half = parts[6]?.toLowerCase() ?? (parts[1] === '下午' ? 'p' : parts[1] === '上午' ? 'a' : undefined);
  if (half === 'p' && hours < 12) hours += 12;
  if (half === 'a' && hours === 12) hours = 0;
  if (hours > 24 || minutes > 59 || seconds > 60) return Number.NaN;
  const fraction = parts[5] === undefined ? 0 : Number(`0.${parts[5]}`) * 1000;
  let offset = 0;
  const zone = parts[7]?.replace('−', '-');
  if (zone !== undefined && zone.toUpperCase() !== 'Z') {
    const match = /^([+-])(\d{1,2})(?::?(\d{2}))?$/.exec(zone)!;
    offset = (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3] ?? 0)) * 60_000;
  }
  return ((hours * 60 + minutes) * 60 + seconds) * 1000 + Math.round(fraction) - offset;
}

/** "12 mins 30 secs", "1 hour 2 mins", "00:12:30" → milliseconds; NaN where the text is none. */
export function parseDuration(text: string): number {
  const clock = /^(?:(\d+):)?(\d{1,2}):(\d{2})$/.exec(text.trim());
  if (clock) return ((Number(clock[1] ?? 0) * 60 + Number(clock[2])) * 60 + Number(clock[3])) * 1000;
  const units: Readonly<Record<string, number>> = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1000 };
  let total = 0;
  let found = false;
  for (const part of text.matchAll(
    /(\d+(?:[.,]\d+)?)\s*(days?|tage?|días?|jours?|hours?|hrs?|stunden?|std|horas?|heures?|mins?|minutes?|minuten?|minutos?|secs?|seconds?|sekunden?|segundos?|secondes?|s|m|h)\b/gi,
  )) {
    const unit = part[2]!.toLowerCase();
    const key = /^(t|j|dí|d)/.test(unit) ? 'd' : /^(h|st)/.test(unit) ? 'h' : unit.startsWith('m') ? 'm' : 's';
    total += Number(part[1]!.replace(',', '.')) * units[key]!;
    found = true;
  }
  return found ? total : Number.NaN;
}
