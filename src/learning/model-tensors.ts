import type { TrainedMember } from './members.ts';
import type { ModelHeader } from './model-header.ts';
import { networkSizes } from './network/parameters.ts';
import { processSizes } from './neural-process/parameters.ts';
import { sharedNames, sharedSizes, skillWidth } from './student-model/parameters.ts';

/** Tensors of what is known of the course, in the order of the file. */
export const CALIBRATION = [
  'questionEffect',
  'skillEffect',
  'questionInformation',
  'skillInformation',
  'questionWeight',
  'questionAbility',
  'skillWeight',
  'skillAbility',
] as const;
export const STATISTICS = ['questionCount', 'questionRight', 'setCount', 'setRight', 'skillCount', 'skillRight'] as const;

type MemberHeader = ModelHeader['members'][number];

/** Names of what a member stores, in a fixed order, with their shapes. */
export function tensorsOf(member: MemberHeader, skills: number): Readonly<Record<string, readonly number[]>> {
  switch (member.kind) {
    case 'closed':
    case 'baseline':
      return {};
    case 'network':
      return networkSizes(member.shape);
    case 'neural-process':
      return { ...processSizes(member.shape), skillFactors: [skills, member.shape.embedding] };
    case 'phi': {
      const sizes = sharedSizes(member.shape);
      return {
        ...Object.fromEntries(sharedNames(member.shape).map((name) => [name, sizes[name]])),
        skillFactors: [skills, skillWidth(member.shape)],
      };
    }
  }
}

/** Skills that a member knows. */
export function skillsOf(member: TrainedMember): number {
  switch (member.kind) {
    case 'phi':
      return member.parameters.skillFactors.length / skillWidth(member.shape);
    case 'neural-process':
      return member.parameters.skillFactors.length / member.shape.embedding;
    default:
      return 0;
  }
}

/** Tensors of a baseline, named after whom they belong to. */
export const parameterBlocks = (prefix: string, parameters: Readonly<Record<string, Float32Array>>) =>
  Object.entries(parameters).map(([name, values]) => ({ name: `${prefix}/${name}`, shape: [values.length], values }));

/** A member without its numbers, as the header has it. */
export function headerOf(member: TrainedMember): MemberHeader {
  if (member.kind === 'closed') return structuredClone(member) as MemberHeader;
  if (member.kind === 'baseline') return { kind: member.kind, weight: member.weight, name: member.name };
  const { parameters: _, ...rest } = member;
  return structuredClone(rest) as MemberHeader;
}
