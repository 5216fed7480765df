import type { School } from '../../../shared/contract/plans.ts';
import { PathlightError } from '../../../shared/errors.ts';

/** More than any letterhead needs; it goes into every sheet. */
const LARGEST_LOGO = 512 * 1024;
const KINDS: readonly { readonly mime: string; readonly begins: readonly number[] }[] = [
  { mime: 'image/png', begins: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] },
  { mime: 'image/jpeg', begins: [0xff, 0xd8, 0xff] },
];

/** @throws PathlightError `bad-logo` where it is no PNG or JPEG, or larger than 512 KB */
export function logoAddress(file: { readonly name: string; readonly bytes: Uint8Array }): NonNullable<School['logo']> {
  const kind = KINDS.find(({ begins }) => begins.every((byte, at) => file.bytes[at] === byte));
  if (!kind || file.bytes.length > LARGEST_LOGO)
    throw new PathlightError(
      'bad-logo',
      `${file.name} cannot be the logo: it must be a PNG or JPEG picture of at most ${LARGEST_LOGO / 1024} KB.`,
      { file: file.name, kilobytes: LARGEST_LOGO / 1024 },
    );
  return `data:${kind.mime};base64,${Buffer.from(file.bytes).toString('base64')}`;
}
