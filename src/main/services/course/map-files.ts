import { createHash } from 'node:crypto';
import type { CourseMap } from '../../../shared/domain.ts';
import { stringify } from '../csv.ts';

/**
 * The map as CSV: `skill,name,prerequisite`, a row for each prerequisite, and one with an empty last cell for a skill without any. Read by the
 * same program again, and by any spreadsheet.
 */
export function mapToCsv({ skills, prerequisites }: CourseMap): string {
  const below = new Map<string, string[]>();
  for (const { skill, prerequisite } of prerequisites) below.set(skill, [...(below.get(skill) ?? []), prerequisite]);
  // All names first: a prerequisite may name a skill whose own row comes later.
  const rows = skills.map(({ id, name }) => [id, name, below.get(id)?.[0] ?? '']);
  const more = skills.flatMap(({ id, name }) => (below.get(id) ?? []).slice(1).map((prerequisite) => [id, name, prerequisite]));
  return `\ufeff${stringify([['skill', 'name', 'prerequisite'], ...rows, ...more])}`;
}

/** A UUID that a text always has (RFC 4122, version 5 in form): exporting twice gives the same file. */
function uuidOf(text: string): string {
  const hash = createHash('sha1').update(`pathlight ${text}`).digest('hex');
  const variant = ((Number.parseInt(hash.slice(16, 18), 16) & 0x3f) | 0x80).toString(16).padStart(2, '0');
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-5${hash.slice(13, 16)}-${variant}${hash.slice(18, 20)}-${hash.slice(20, 32)}`;
}

/**
 * The map as a package of 1EdTech CASE 1.0: an item for each skill, and `precedes` from each prerequisite to what builds on it.
 * @param at milliseconds since 1970 UTC
 */
export function mapToCase({ skills, prerequisites }: CourseMap, title: string, at: number): string {
  const lastChangeDateTime = new Date(at).toISOString();
  const document = uuidOf('document');
  const uri = (id: string): string => `urn:uuid:${id}`;
  const documentUri = { title, identifier: document, uri: uri(document) };
  const node = (skill: string): { title: string; identifier: string; uri: string } => {
    const identifier = uuidOf(`item ${skill}`);
    return { title: skill, identifier, uri: uri(identifier) };
  };
  const content = {
    CFDocument: {
      identifier: document,
      uri: documentUri.uri,
      title,
      creator: 'Pathlight',
      adoptionStatus: 'Draft',
      lastChangeDateTime,
    },
    CFItems: skills.map(({ id, name }) => ({
      identifier: node(id).identifier,
      uri: node(id).uri,
      CFDocumentURI: documentUri,
      humanCodingScheme: id,
      fullStatement: name,
      CFItemType: 'Skill',
      lastChangeDateTime,
    })),
    CFAssociations: prerequisites.map(({ skill, prerequisite }) => {
      const identifier = uuidOf(`precedes ${prerequisite}\u001f${skill}`);
      return {
        identifier,
        uri: uri(identifier),
        CFDocumentURI: documentUri,
        associationType: 'precedes',
        originNodeURI: node(prerequisite),
        destinationNodeURI: node(skill),
        lastChangeDateTime,
      };
    }),
  };
  return `${JSON.stringify(content, undefined, 1)}\n`;
}
