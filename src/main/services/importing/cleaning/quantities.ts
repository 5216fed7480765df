import type { ProfileValue } from '../../../../shared/domain.ts';

/** Unit as it is written → what it measures, and how many of the smallest it is. */
const UNITS = new Map<string, { readonly measures: string; readonly unit: string; readonly size: number }>(
  (
    [
      ['time', 's', 1, ['s', 'sec', 'secs', 'second', 'seconds', 'sek', 'sekunde', 'sekunden', '秒']],
      ['time', 'min', 60, ['min', 'mins', 'minute', 'minutes', 'minuten', 'minuto', 'minutos', '分', '分钟']],
      [
        'time',
        'h',
        3600,
        ['h', 'hr', 'hrs', 'hour', 'hours', 'std', 'stunde', 'stunden', 'hora', 'horas', 'heure', 'heures', '小时', '时'],
      ],
      ['time', 'd', 86_400, ['d', 'day', 'days', 'tag', 'tage', 'día', 'días', 'jour', 'jours', '天']],
      ['length', 'metres', 1, ['metre', 'metres', 'meter', 'meters', '米']],
      ['length', 'km', 1000, ['km', 'kilometre', 'kilometres', 'kilometer', 'kilometers', '公里']],
      ['length', 'mi', 1609.344, ['mi', 'mile', 'miles']],
      ['share', '%', 1, ['%', 'percent', 'per cent', 'prozent', 'por ciento']],
    ] as const
  ).flatMap(([measures, unit, size, names]) => names.map((name) => [name, { measures, unit, size }] as const)),
);

interface Quantity {
  readonly measures: string;
  /** As the largest unit in it is written. */
  readonly unit: string;
  /** In the smallest unit of what it measures. */
  readonly amount: number;
}

/** "1 h 30 min", "90 min", "1,5 Std." → a quantity; undefined where the text is none. */
export function quantityOf(text: string): Quantity | undefined {
  const parts = [...text.matchAll(/(\d+(?:[.,]\d+)?)\s*(%|per cent|por ciento|\p{L}+)\.?/gu)];
  const rest = parts.reduce((left, [part]) => left.replace(part, ''), text);
  if (parts.length === 0 || /[^\s,]/.test(rest)) return undefined;
  let found: Quantity | undefined;
  for (const [, number, name] of parts) {
    const unit = UNITS.get(name!.toLocaleLowerCase('en'));
    if (!unit || (found && found.measures !== unit.measures)) return undefined;
    found = {
      measures: unit.measures,
      unit: found?.unit ?? unit.unit,
      amount: (found?.amount ?? 0) + Number(number!.replace(',', '.')) * unit.size,
    };
  }
  return found;
}

/**
 * One unit for a field whose texts are all quantities of one kind: the most usual one. Bare numbers beside them count as of that unit
 * where no other one occurs; beside several units nobody knows what they are, and the field is left alone.
 * @returns text → number; undefined where the field holds no quantities
 */
export function commonUnit(
  counts: ReadonlyMap<ProfileValue, number>,
): { readonly unit: string; readonly to: ReadonlyMap<ProfileValue, ProfileValue> } | undefined {
  const found = new Map<string, Quantity>();
  const often = new Map<string, number>();
  let bare = false;
  for (const [value, count] of counts) {
    if (typeof value === 'number') {
      bare = true;
      continue;
    }
    const quantity = quantityOf(value);
    const [first] = found.values();
    if (!quantity || (first && first.measures !== quantity.measures)) return undefined;
    found.set(value, quantity);
    often.set(quantity.unit, (often.get(quantity.unit) ?? 0) + count);
  }
  const [usual] = [...often].sort(([, a], [, b]) => b - a);
  if (!usual || (bare && often.size > 1)) return undefined;
  const [unit] = usual;
  const { size } = UNITS.get(unit)!;
  return { unit, to: new Map([...found].map(([text, { amount }]) => [text, Number((amount / size).toPrecision(10))])) };
}
