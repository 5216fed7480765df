import { z } from 'zod';
import { adoption, reliabilityBin } from '../shared/contract/model.ts';
import { evaluationReport } from '../shared/contract/evaluation.ts';
import { PathlightError } from '../shared/errors.ts';
import { KINSHIPS } from './dynamics/structure.ts';
import { sharedNames, sharedSizes, skillWidth } from './student-model/parameters.ts';
import { BASELINE_NAMES, STORED_BASELINE_NAMES } from './baselines/baseline.ts';
import type { TrainedMember } from './members.ts';
import { networkSizes } from './network/parameters.ts';
import { processSizes } from './neural-process/parameters.ts';
import type { ProcessParameters } from './neural-process/parameters.ts';
import type { ModelParameters } from './student-model/parameters.ts';
import { PRIOR_COMPONENTS } from './student-model/variance-components.ts';
import type { TrainedModel } from './trained-model.ts';

/** Raised when a reader of this version could not make sense of the file any more. */
export const MODEL_VERSION = 3;

export interface EncodedModel {
  /** Content of model.json. */
  readonly header: string;
  /** Content of weights.bin: little-endian float32, one tensor after the other as the header lists them. */
  readonly weights: Uint8Array;
}

/** SHA-256, hexadecimal; given by the caller, because hashing belongs to the platform. */
export type Sha256 = (bytes: Uint8Array) => string;

const estimate = z.object({ value: z.number(), standardError: z.number() });
const pair = z.tuple([z.number(), z.number()]);
const area = z.enum(['background', 'preference', 'behaviour']);
const headerSchema = z.object({
  format: z.literal('pathlight-model'),
  version: z.number().int(),
  checksum: z.object({ weights: z.string(), header: z.string() }),
  learner: z.string(),
  studentModel: z.string(),
  seed: z.number(),
  backend: z.string(),
  trainedAt: z.number().nullable(),
  members: z.array(
    z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('closed'), weight: z.number(), profileEffects: z.array(z.number()).optional() }),
      z.object({ kind: z.literal('baseline'), weight: z.number(), name: z.enum(BASELINE_NAMES) }),
      z.object({
        kind: z.literal('phi'),
        weight: z.number(),
        shape: z.object({
          features: z.number(),
          hidden: z.number(),
          factors: z.number(),
          embedding: z.number(),
          covariates: z.number(),
          prompts: z.number(),
          innerSteps: z.number(),
        }),
      }),
      z.object({
        kind: z.literal('neural-process'),
        weight: z.number(),
        shape: z.object({ features: z.number(), embedding: z.number(), pooled: z.number(), hidden: z.number() }),
      }),
      z.object({
        kind: z.literal('network'),
        weight: z.number(),
        learner: z.string(),
        shape: z.object({
          features: z.number(),
          abilityFeatures: z.array(z.number()),
          hidden: z.array(z.number()),
          innerSteps: z.number(),
          prompts: z.number(),
          encoding: z.number(),
        }),
      }),
    ]),
  ),
  baselines: z.array(z.object({ name: z.enum(STORED_BASELINE_NAMES) })),
  recalibration: z.object({ shift: pair, scale: pair }),
  profile: z.array(
    z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('number'), area, field: z.string(), mean: z.number(), deviation: z.number() }),
      z.object({ kind: z.literal('value'), area, field: z.string(), value: z.string(), share: z.number() }),
    ]),
  ),
  vocabulary: z.object({
    questions: z.array(z.string()),
    skills: z.array(z.string()),
    skillSets: z.array(z.array(z.number().int().nonnegative())),
    questionSet: z.array(z.number().int()),
  }),
  courseMap: z.object({
    skills: z.array(z.object({ id: z.string(), name: z.string() })),
    prerequisites: z.array(z.object({ skill: z.string(), prerequisite: z.string() })),
  }),
  strengths: z.object({ question: z.number(), set: z.number(), skill: z.number() }),
  statistics: z.object({ courseCount: z.number(), courseRight: z.number(), students: z.number() }),
  calibration: z.object({
    mean: z.number(),
    students: z.number(),
    variance: z.object({ ability: z.number(), question: z.number(), skill: z.number(), strength: z.number() }),
  }),
  /** Left out by models that were made before it: what is assumed of any course. */
  components: z.object({ strength: z.number(), drift: z.number() }).optional(),
  practice: z.object({ gain: estimate, transfer: estimate }),
  dynamics: z
    .object({
      rate: z.number(),
      gate: z.number(),
      transfer: z.number(),
      slope: z.number(),
      lapse: z.number(),
      studentSpread: z.number(),
      skillSpread: z.number(),
      forgetting: z.number(),
      hold: z.array(z.number()).length(KINSHIPS.length),
      threshold: z.record(z.string(), z.number()),
    })
    .optional(),
  provenance: z.object({
    students: z.number(),
    heldBackStudents: z.number(),
    /** Left out by models that were made before it. */
    crossValidatedStudents: z.number().optional(),
    answers: z.number(),
    questions: z.number(),
    skills: z.number(),
    start: z.enum(['starter', 'scratch']),
    steps: z.number(),
    keptStep: z.number(),
  }),
  metrics: z.object({
    trainingCurve: z.array(z.object({ step: z.number(), loss: z.number(), heldBackLoss: z.number().nullable() })),
    report: evaluationReport,
    adopted: adoption.nullable(),
    reliability: z.array(reliabilityBin),
    reliabilityAfter: z.number().nullable(),
  }),
  tensors: z.array(z.object({ name: z.string(), shape: z.array(z.number()), offset: z.number() })),
});
type Header = z.infer<typeof headerSchema>;

const CALIBRATION = [
  'questionEffect',
  'skillEffect',
  'questionInformation',
  'skillInformation',
  'questionWeight',
  'questionAbility',
  'skillWeight',
  'skillAbility',
] as const;
const STATISTICS = ['questionCount', 'questionRight', 'setCount', 'setRight', 'skillCount', 'skillRight'] as const;

type MemberHeader = Header['members'][number];

/** Names of what a member stores, in a fixed order, with their shapes. */
function tensorsOf(member: MemberHeader, skills: number): Readonly<Record<string, readonly number[]>> {
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
function skillsOf(member: TrainedMember): number {
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
const parameterBlocks = (prefix: string, parameters: Readonly<Record<string, Float32Array>>) =>
  Object.entries(parameters).map(([name, values]) => ({ name: `${prefix}/${name}`, shape: [values.length], values }));

/** A member without its numbers, as the header has it. */
function headerOf(member: TrainedMember): MemberHeader {
  if (member.kind === 'closed') return structuredClone(member) as MemberHeader;
  if (member.kind === 'baseline') return { kind: member.kind, weight: member.weight, name: member.name };
  const { parameters: _, ...rest } = member;
  return structuredClone(rest) as MemberHeader;
}

/** Turns a model into its two files. @param trainedAt milliseconds since 1970 UTC, or null where nobody needs to know (the starter) */
export function encodeModel(model: TrainedModel, trainedAt: number | null, sha256: Sha256): EncodedModel {
  const { statistics, strengths, calibration } = model.course;
  const blocks: { name: string; shape: readonly number[]; values: ArrayLike<number> }[] = [
    ...model.members.flatMap((member, index) => {
      if (member.kind === 'closed') return [];
      if (member.kind === 'baseline') return parameterBlocks(`${index}`, member.parameters);
      const values = member.parameters as Readonly<Record<string, Float32Array>>;
      // A member that does not know the course's skills has no rows for them.
      const rows = skillsOf(member);
      return Object.entries(tensorsOf(headerOf(member), rows)).map(([name, shape]) => ({
        name: `${index}/${name}`,
        shape,
        values: values[name]!,
      }));
    }),
    ...model.baselines.flatMap(({ name, parameters }) => parameterBlocks(name, parameters)),
    ...STATISTICS.map((name) => ({ name, shape: [statistics[name].length], values: statistics[name] })),
    ...CALIBRATION.map((name) => ({ name, shape: [calibration[name].length], values: calibration[name] })),
    { name: 'skillGain', shape: [model.practice.skillGain.length], values: model.practice.skillGain },
    { name: 'skillGainError', shape: [model.practice.skillGainError.length], values: model.practice.skillGainError },
  ];
  const total = blocks.reduce((sum, block) => sum + block.values.length, 0);
  const view = new DataView(new ArrayBuffer(total * 4));
  let offset = 0;
  const tensors = blocks.map(({ name, shape, values }) => {
    const entry = { name, shape: [...shape], offset };
    for (let index = 0; index < values.length; index++) view.setFloat32(offset + index * 4, values[index]!, true);
    offset += values.length * 4;
    return entry;
  });
  const weights = new Uint8Array(view.buffer);
  const header: Header = {
    format: 'pathlight-model',
    version: MODEL_VERSION,
    checksum: { weights: sha256(weights), header: '' },
    learner: model.learner,
    studentModel: model.studentModel,
    seed: model.seed,
    backend: model.backend,
    trainedAt,
    members: model.members.map(headerOf),
    baselines: model.baselines.map(({ name }) => ({ name })),
    recalibration: structuredClone(model.recalibration) as Header['recalibration'],
    profile: [...model.profile],
    vocabulary: {
      questions: [...model.vocabulary.questions],
      skills: [...model.vocabulary.skills],
      skillSets: model.vocabulary.skillSets.map((set) => [...set]),
      questionSet: [...model.vocabulary.questionSet],
    },
    courseMap: { skills: [...model.courseMap.skills], prerequisites: [...model.courseMap.prerequisites] },
    strengths,
    statistics: {
      courseCount: statistics.courseCount,
      courseRight: statistics.courseRight,
      students: statistics.students,
    },
    calibration: { mean: calibration.mean, students: calibration.students, variance: calibration.variance },
    components: model.course.components,
    practice: { gain: model.practice.gain, transfer: model.practice.transfer },
    ...(model.dynamics ? { dynamics: structuredClone(model.dynamics) as Header['dynamics'] } : {}),
    provenance: model.provenance,
    metrics: structuredClone(model.metrics) as Header['metrics'],
    tensors,
  };
  header.checksum.header = headerChecksum(header, sha256);
  return { header: `${JSON.stringify(header, undefined, 1)}\n`, weights };
}

/** Over the header as the schema orders it, so that a reader gets the same text. */
function headerChecksum(header: Header, sha256: Sha256): string {
  const ordered = headerSchema.parse({ ...header, checksum: { ...header.checksum, header: '' } });
  return sha256(new TextEncoder().encode(JSON.stringify(ordered)));
}

/**
 * Reads what encodeModel wrote.
 * @param name how to name the model in an error
 * @throws PathlightError `model-damaged`, `model-newer`, `model-older`
 */
export function decodeModel(
  encoded: EncodedModel,
  name: string,
  sha256: Sha256,
): TrainedModel & { readonly trainedAt: number | null } {
  const damaged = (why: string): PathlightError =>
    new PathlightError('model-damaged', `The model in ${name} cannot be used: ${why}. Train it again, or take a copy.`, {
      model: name,
      why,
    });
  let raw: unknown;
  try {
    raw = JSON.parse(encoded.header);
  } catch {
    throw damaged('model.json is not JSON');
  }
  const version = (raw as { version?: unknown } | null)?.version;
  if (typeof version === 'number' && version > MODEL_VERSION)
    throw new PathlightError(
      'model-newer',
      `The model in ${name} was made by a newer Pathlight (format ${version}). Update Pathlight, or train again.`,
      { model: name, version },
    );
  if (typeof version === 'number' && version < MODEL_VERSION)
    throw new PathlightError(
      'model-older',
      `The model in ${name} was made by an older Pathlight (format ${version}). Train it again.`,
      { model: name, version },
    );
  const parsed = headerSchema.safeParse(raw);
  if (!parsed.success) throw damaged(`model.json lacks ${parsed.error.issues[0]?.path.join('.') ?? 'something'}`);
  const header = parsed.data;
  if (header.checksum.weights !== sha256(encoded.weights)) throw damaged('weights.bin does not match its checksum');
  if (header.checksum.header !== headerChecksum(header, sha256)) throw damaged('model.json does not match its checksum');
  const view = new DataView(encoded.weights.buffer, encoded.weights.byteOffset, encoded.weights.byteLength);
  const tensor = (wanted: string): Float32Array => {
    const entry = header.tensors.find((each) => each.name === wanted);
    if (!entry) throw damaged(`the tensor ${wanted} is missing`);
    const length = entry.shape.reduce((product, size) => product * size, 1);
    if (entry.offset + length * 4 > view.byteLength) throw damaged(`weights.bin is too short for ${wanted}`);
    return Float32Array.from({ length }, (_, index) => view.getFloat32(entry.offset + index * 4, true));
  };
  const parametersUnder = (prefix: string): Record<string, Float32Array> =>
    Object.fromEntries(
      header.tensors
        .filter(({ name: each }) => each.startsWith(`${prefix}/`))
        .map(({ name: each }) => [each.slice(prefix.length + 1), tensor(each)]),
    );
  const sums = Object.fromEntries(STATISTICS.map((each) => [each, Float64Array.from(tensor(each))])) as Record<
    (typeof STATISTICS)[number],
    Float64Array
  >;
  const effects = Object.fromEntries(CALIBRATION.map((each) => [each, Float64Array.from(tensor(each))])) as Record<
    (typeof CALIBRATION)[number],
    Float64Array
  >;
  const members = header.members.map((member, index): TrainedMember => {
    if (member.kind === 'closed') return member;
    if (member.kind === 'baseline')
      return { ...member, parameters: parametersUnder(`${index}`), skillSets: header.vocabulary.skillSets };
    const parameters = Object.fromEntries(Object.keys(tensorsOf(member, 0)).map((each) => [each, tensor(`${index}/${each}`)]));
    if (member.kind === 'network') return { ...member, parameters };
    if (member.kind === 'neural-process') return { ...member, parameters: parameters as unknown as ProcessParameters };
    const none = new Float32Array(0);
    return { ...member, parameters: { prompts: none, promptKeys: none, ...parameters } as unknown as ModelParameters };
  });
  return {
    learner: header.learner,
    studentModel: header.studentModel,
    seed: header.seed,
    backend: header.backend,
    trainedAt: header.trainedAt,
    vocabulary: { ...header.vocabulary, questionSet: Int32Array.from(header.vocabulary.questionSet) },
    courseMap: header.courseMap,
    members,
    baselines: header.baselines.map((each) => ({ ...each, parameters: parametersUnder(each.name) })),
    recalibration: header.recalibration,
    profile: header.profile,
    course: {
      statistics: { ...sums, ...header.statistics },
      strengths: header.strengths,
      calibration: { ...effects, ...header.calibration },
      components: header.components ?? PRIOR_COMPONENTS,
    },
    practice: { ...header.practice, skillGain: tensor('skillGain'), skillGainError: tensor('skillGainError') },
    ...(header.dynamics ? { dynamics: header.dynamics } : {}),
    provenance: { ...header.provenance, crossValidatedStudents: header.provenance.crossValidatedStudents ?? 0 },
    metrics: header.metrics,
  };
}
