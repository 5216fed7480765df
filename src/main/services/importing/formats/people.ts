import type { Header } from './format.ts';

/** Names of the columns that say who somebody is, as systems write them in English, German, Spanish, French, Portuguese and Chinese. */
export const GIVEN = [
  'first name',
  'firstname',
  'given name',
  'givenname',
  'vorname',
  'nombre',
  'nombre(s)',
  'prénom',
  'prenom',
  'nome',
  '名',
  '名字',
];
export const FAMILY = [
  ...[
    'last name',
    'lastname',
    'surname',
    'family name',
    'familyname',
    'nachname',
    'familienname',
    'apellido(s)',
    'apellidos',
    'apellido',
  ],
  ...['nom', 'nom de famille', 'sobrenome', 'apelido', 'cognome', '姓', '姓氏'],
];
export const FULL = [
  'name',
  'full name',
  'student name',
  'student',
  'schüler',
  'schülername',
  'nombre completo',
  'nombre del alumno',
  'nom complet',
  '姓名',
  '学生姓名',
];
export const EMAIL = [
  ...[
    'email address',
    'email',
    'student email',
    'user email',
    'email id',
    'e-mail',
    'e-mail address',
    'e-mail-adresse',
    'mail',
    'dirección de correo',
    'dirección email',
    'correo electrónico',
    'correo',
  ],
  ...[
    'adresse de courriel',
    'courriel',
    'adresse e-mail',
    'endereço de email',
    'endereço de e-mail',
    '电子邮件地址',
    '邮件地址',
    '电子邮件',
    '邮箱',
    '电子邮箱',
    '学生邮箱',
  ],
];
export const ID_NUMBER = [
  ...[
    'id number',
    'idnumber',
    'student id',
    'student number',
    'id-nummer',
    'matrikelnummer',
    'número de id',
    'numero de id',
    'numéro d’identification',
    "numéro d'identification",
  ],
  ...['número de identificação', '学号', '学生编号', '编号', 'id号', '考号'],
];
export const USERNAME = [
  'username',
  'user name',
  'login',
  'anmeldename',
  'nombre de usuario',
  "nom d'utilisateur",
  'nom d’utilisateur',
  '用户名',
];
export const CLASS = ['class', 'class name', 'section', 'group', 'klasse', 'clase', 'classe', 'turma', '班级', '班'];
export const GRADE = ['grade', 'grade level', 'year', 'klassenstufe', 'jahrgang', 'grado', 'niveau', '年级'];

export interface PersonColumns {
  readonly given: number;
  readonly family: number;
  readonly email: number;
  readonly id: number;
  readonly username: number;
}

export function personColumns(header: Header): PersonColumns {
  return {
    given: header.find(...GIVEN),
    family: header.find(...FAMILY),
    email: header.find(...EMAIL),
    id: header.find(...ID_NUMBER),
    username: header.find(...USERNAME),
  };
}

/** How many of the person's columns are there. */
export const personCount = (columns: PersonColumns): number => Object.values(columns).filter((index) => index >= 0).length;
