import { PathlightError } from '../shared/errors.ts';
import type { TrainedMember } from './members.ts';
import { headerChecksum, MODEL_VERSION, modelHeader } from './model-header.ts';
import type { ModelHeader, Sha256 } from './model-header.ts';
import { CALIBRATION, headerOf, parameterBlocks, skillsOf, STATISTICS, tensorsOf } from './model-tensors.ts';
import type { ProcessParameters } from './neural-process/parameters.ts';
import type { ModelParameters } from './student-model/parameters.ts';
import { PRIOR_COMPONENTS } from './student-model/variance-components.ts';
import type { TrainedModel } from './trained-model.ts';

export interface EncodedModel {
  /** Content of model.json. */
  readonly header: string;
  /** Content of weights.bin: little-endian float32, one tensor after the other as the header lists them. */
  readonly weights: Uint8Array;
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
  const header: ModelHeader = {
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
    recalibration: structuredClone(model.recalibration) as ModelHeader['recalibration'],
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
    ...(model.dynamics ? { dynamics: structuredClone(model.dynamics) as ModelHeader['dynamics'] } : {}),
    provenance: model.provenance,
    metrics: structuredClone(model.metrics) as ModelHeader['metrics'],
    tensors,
  };
  header.checksum.header = headerChecksum(header, sha256);
  return { header: `${JSON.stringify(header, undefined, 1)}\n`, weights };
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
  const parsed = modelHeader.safeParse(raw);
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
