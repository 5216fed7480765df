import { createHash } from 'node:crypto';
import { zipSync } from 'fflate';
import type { ContentAssignment, ContentMark, ContentStudent, GradebookContent } from '../../database/gradebook-content.ts';
import { stringify } from '../csv.ts';

/*
 * OneRoster CSV binding (1EdTech), versions 1.1 and 1.2, as one bulk set: who and in which classes, assignments as line items, marks as results.
 * Columns in the order of the specification; what is not known stays blank. Ids that a school's system gave go back to it as they came.
 */
export type OneRosterVersion = '1.1' | '1.2';

const COMMON = ['sourcedId', 'status', 'dateLastModified'];
const ORG = 'pathlight-school';
const CATEGORY = 'pathlight-marks';
const COURSE = 'pathlight-course';

type Fields = Readonly<Record<string, string>>;

/** A file of the set, with texts kept from being run as formulas. */
function table(columns: readonly string[], rows: readonly Fields[]): Uint8Array {
  const all = [...COMMON, ...columns];
  return new TextEncoder().encode(stringify([all, ...rows.map((row) => all.map((column) => row[column] ?? ''))]));
}

const day = (at: number): string => new Date(at).toISOString().slice(0, 10);
const hash = (...parts: readonly string[]): string =>
  createHash('sha256').update(parts.join('\u001f')).digest('hex').slice(0, 32);

const userId = ({ keys, code }: ContentStudent): string => keys.get('oneroster') ?? code;
const itemId = ({ source, sourceId, code }: ContentAssignment): string => (source === 'oneroster' ? sourceId : code);

/** @param at of the export, in milliseconds since 1970 UTC: it dates the school year */
export function toOneRoster(content: GradebookContent, version: OneRosterVersion, at: number): Uint8Array {
  const { students, classes, assignments, marks } = content;
  const later = version === '1.2';
  const classId = new Map(classes.map(({ code, name }) => [name, code]));
  // A school year begins in August.
  const year = new Date(at).getUTCFullYear() - (new Date(at).getUTCMonth() < 7 ? 1 : 0);
  const term = `pathlight-${year}`;
  const files: Record<string, Uint8Array> = {
    'orgs.csv': table(['name', 'type', 'identifier', 'parentSourcedId'], [{ sourcedId: ORG, name: 'Pathlight', type: 'school' }]),
    'academicSessions.csv': table(
      ['title', 'type', 'startDate', 'endDate', 'parentSourcedId', 'schoolYear'],
      [
        {
          sourcedId: term,
          title: `${year}/${year + 1}`,
          type: 'schoolYear',
          startDate: `${year}-08-01`,
          endDate: `${year + 1}-07-31`,
          schoolYear: String(year + 1),
        },
      ],
    ),
    'courses.csv': table(
      ['schoolYearSourcedId', 'title', 'courseCode', 'grades', 'orgSourcedId', 'subjects', 'subjectCodes'],
      [{ sourcedId: COURSE, schoolYearSourcedId: term, title: 'Pathlight', orgSourcedId: ORG }],
    ),
    'categories.csv': table(later ? ['title', 'weight'] : ['title'], [{ sourcedId: CATEGORY, title: 'Marks' }]),
    'classes.csv': table(
      [
        ...['title', 'grades', 'courseSourcedId', 'classCode', 'classType', 'location', 'schoolSourcedId', 'termSourcedIds'],
        ...['subjects', 'subjectCodes', 'periods'],
      ],
      classes.map(({ code, name }) => ({
        sourcedId: code,
        title: name,
        courseSourcedId: COURSE,
        classType: 'scheduled',
        schoolSourcedId: ORG,
        termSourcedIds: term,
      })),
    ),
    'users.csv': users(students, later),
    'enrollments.csv': table(
      ['classSourcedId', 'schoolSourcedId', 'userSourcedId', 'role', 'primary', 'beginDate', 'endDate'],
      students.flatMap((student) =>
        student.classes.map((name) => ({
          sourcedId: hash(userId(student), classId.get(name) ?? name),
          classSourcedId: classId.get(name) ?? name,
          schoolSourcedId: ORG,
          userSourcedId: userId(student),
          role: 'student',
          primary: 'false',
        })),
      ),
    ),
    'lineItems.csv': lineItems(content, classId, term, later),
    'results.csv': results(students, assignments, marks, later),
  };
  if (later)
    files['roles.csv'] = table(
      ['userSourcedId', 'roleType', 'role', 'beginDate', 'endDate', 'orgSourcedId', 'userProfileSourcedId'],
      students.map((student) => ({
        sourcedId: hash('role', userId(student)),
        userSourcedId: userId(student),
        roleType: 'primary',
        role: 'student',
        orgSourcedId: ORG,
      })),
    );
  files['manifest.csv'] = manifest(version, Object.keys(files));
  return zipSync(files);
}

function users(students: readonly ContentStudent[], later: boolean): Uint8Array {
  const person = ['givenName', 'familyName', 'middleName', 'identifier', 'email', 'sms', 'phone', 'agentSourcedIds', 'grades'];
  const columns = later
    ? [
        ...['enabledUser', 'username', 'userIds', ...person, 'password', 'userMasterIdentifier', 'resourceSourcedIds'],
        ...['preferredGivenName', 'preferredMiddleName', 'preferredFamilyName', 'primaryOrgSourcedId', 'pronouns'],
      ]
    : ['enabledUser', 'orgSourcedIds', 'role', 'username', 'userIds', ...person, 'password'];
  return table(
    columns,
    students.map((student) => ({
      sourcedId: userId(student),
      enabledUser: 'true',
      ...(later ? { primaryOrgSourcedId: ORG } : { orgSourcedIds: ORG, role: 'student' }),
      username: student.keys.get('login') ?? student.keys.get('email') ?? userId(student),
      givenName: student.givenName,
      familyName: student.familyName,
      identifier: student.keys.get('id') ?? '',
      email: student.keys.get('email') ?? '',
      grades: student.grade,
    })),
  );
}

/** An assignment belongs to the class that has most marks for it. */
function lineItems(
  { students, assignments, marks }: GradebookContent,
  classId: ReadonlyMap<string, string>,
  term: string,
  later: boolean,
): Uint8Array {
  const inClass = assignments.map(() => new Map<string, number>());
  for (const { student, assignment } of marks) {
    const name = students[student]!.classes[0];
    if (name !== undefined) inClass[assignment]!.set(name, (inClass[assignment]!.get(name) ?? 0) + 1);
  }
  const [anyClass] = classId.keys();
  return table(
    [
      ...['title', 'description', 'assignDate', 'dueDate', 'classSourcedId', 'categorySourcedId', 'gradingPeriodSourcedId'],
      ...['resultValueMin', 'resultValueMax'],
      ...(later ? ['schoolSourcedId', 'scoreScaleSourcedId', 'academicSessionSourcedId'] : []),
    ],
    assignments.map((assignment, index) => {
      const [most] = [...inClass[index]!].sort((a, b) => b[1] - a[1])[0] ?? [anyClass];
      return {
        sourcedId: itemId(assignment),
        title: assignment.title,
        dueDate: assignment.dueAt === null ? '' : day(assignment.dueAt),
        assignDate: assignment.dueAt === null ? '' : day(assignment.dueAt),
        classSourcedId: most === undefined ? '' : (classId.get(most) ?? most),
        categorySourcedId: CATEGORY,
        gradingPeriodSourcedId: term,
        resultValueMin: '0',
        resultValueMax: String(assignment.possible),
        ...(later ? { schoolSourcedId: ORG, academicSessionSourcedId: term } : {}),
      };
    }),
  );
}

const SCORE_STATUS = { scored: 'fully graded', late: 'fully graded', excused: 'exempt', missing: 'not submitted' } as const;

function results(
  students: readonly ContentStudent[],
  assignments: readonly ContentAssignment[],
  marks: readonly ContentMark[],
  later: boolean,
): Uint8Array {
  return table(
    [
      ...['lineItemSourcedId', 'studentSourcedId', 'scoreStatus', 'score', 'scoreDate', 'comment'],
      ...(later ? ['scoreScaleSourcedId', 'textScore', 'classSourcedId', 'inProgress', 'incomplete', 'late', 'missing'] : []),
    ],
    marks.map(({ student, assignment, points, status, markedAt }) => {
      const [user, item] = [userId(students[student]!), itemId(assignments[assignment]!)];
      return {
        sourcedId: hash(item, user),
        lineItemSourcedId: item,
        studentSourcedId: user,
        scoreStatus: SCORE_STATUS[status],
        score: points === null ? '' : String(points),
        scoreDate: markedAt === null ? '' : day(markedAt),
        ...(later
          ? { late: String(status === 'late'), missing: String(status === 'missing'), inProgress: 'false', incomplete: 'false' }
          : { comment: status === 'late' ? 'late' : '' }),
      };
    }),
  );
}

function manifest(version: OneRosterVersion, files: readonly string[]): Uint8Array {
  const all = [
    ...['academicSessions', 'categories', 'classes', 'classResources', 'courses', 'courseResources', 'demographics'],
    ...['enrollments', 'lineItems', 'orgs', 'resources', 'results', 'users'],
    ...(version === '1.2'
      ? [
          ...['lineItemLearningObjectiveIds', 'lineItemScoreScales', 'resultLearningObjectiveIds', 'resultScoreScales', 'roles'],
          ...['scoreScales', 'userProfiles', 'userResources'],
        ]
      : []),
  ];
  const rows = [
    ['propertyName', 'value'],
    ['manifest.version', '1.0'],
    ['oneroster.version', version],
    ...all.sort().map((name) => [`file.${name}`, files.includes(`${name}.csv`) ? 'bulk' : 'absent']),
    ['source.systemName', 'Pathlight'],
    ['source.systemCode', 'pathlight'],
  ];
  return new TextEncoder().encode(stringify(rows));
}
