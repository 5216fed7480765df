import type { Sheet } from '../source/parcel.ts';
import { sensitiveKind } from '../values.ts';
import { columnOf } from './format.ts';
import type { Header } from './format.ts';

/** Names of the columns that say who somebody is, as systems write them in the languages of their sites. */
export const GIVEN = [
  ...['first name', 'firstname', 'given name', 'givenname', 'vorname', 'nombre'],
  ...['nombre(s)', 'prénom', 'prenom', 'nome', '名', '名字'],
  ...['voornaam', 'imię', 'imiona', 'имя', 'ad', 'adı'],
  ...['förnamn', 'fornavn', 'etunimi', 'křestní jméno', 'jméno', 'keresztnév'],
  ...['utónév', "ім'я", 'ім’я', 'όνομα', 'שם פרטי', 'الاسم الأول'],
  ...['이름', 'tên', 'nama depan', 'nome próprio', 'first names', 'forename'],
  ...['forename(s)', 'preferred name', 'first', 'fname', 'student first name'],
];
export const FAMILY = [
  ...['last name', 'lastname', 'surname', 'family name', 'familyname', 'nachname'],
  ...['familienname', 'apellido(s)', 'apellidos', 'apellido', 'nom', 'nom de famille'],
  ...['sobrenome', 'apelido', 'cognome', '姓', '姓氏', 'last names'],
  ...['achternaam', 'nazwisko', 'фамилия', 'soyad', 'soyadı', 'efternamn'],
  ...['efternavn', 'etternavn', 'sukunimi', 'příjmení', 'vezetéknév', 'прізвище'],
  ...['επώνυμο', 'שם משפחה', 'الاسم الأخير', 'اسم العائلة', '성', 'họ'],
  ...['nama belakang', 'apelido(s)', 'last', 'lname', 'student last name'],
];
export const FULL = [
  ...['name', 'full name', 'student name', 'student', 'schüler', 'schülername'],
  ...['nombre completo', 'nombre del alumno', 'nom complet', '姓名', '学生姓名', 'learner'],
  ...['learner name', 'pupil', 'pupil name', 'name of student', 'students', 'schülerin/schüler'],
  ...['alumno', 'alumna', 'estudiante', 'estudante', 'aluno', 'nome completo'],
  ...['nome e cognome', 'cognome e nome', 'alunno', 'studente', 'élève', 'nom et prénom'],
  ...['naam', 'leerling', 'imię i nazwisko', 'nazwisko i imię', 'uczeń', 'фио'],
  ...['ученик', 'фамилия имя', 'фамилия, имя', 'имя и фамилия', 'ad soyad', 'adı soyadı'],
  ...['öğrenci', 'namn', 'elev', 'navn', '氏名', '名前'],
  ...['生徒名', 'الاسم', 'اسم الطالب', '姓 名', '學生姓名', '学生'],
];
export const EMAIL = [
  ...['email address', 'email', 'student email', 'user email', 'email id', 'e-mail'],
  ...['e-mail address', 'e-mail-adresse', 'mail', 'dirección de correo', 'dirección email', 'correo electrónico'],
  ...['correo', 'adresse de courriel', 'courriel', 'adresse e-mail', 'endereço de email', 'endereço de e-mail'],
  ...['电子邮件地址', '邮件地址', '电子邮件', '邮箱', '电子邮箱', '学生邮箱'],
  ...[
    'dirección de correo electrónico',
    'correo electronico',
    'indirizzo email',
    'indirizzo e-mail',
    'e-mailadres',
    'adres e-mail',
  ],
  ...['adres email', 'адрес электронной почты', 'электронная почта', 'e-posta', 'e-posta adresi', 'e-postadress'],
  ...['e-postadresse', 'e-mailadresse', 'sähköposti', 'sähköpostiosoite', 'e-mailová adresa', 'e-mail cím'],
  ...['електронна пошта', 'διεύθυνση email', 'البريد الإلكتروني', 'عنوان البريد الإلكتروني', 'メールアドレス', '이메일'],
  ...['이메일 주소', '電子郵件', '電子郵件地址', 'địa chỉ email', 'alamat email'],
];
export const ID_NUMBER = [
  ...['id number', 'idnumber', 'student id', 'student number', 'id-nummer', 'matrikelnummer'],
  ...['número de id', 'numero de id', 'numéro d’identification', "numéro d'identification", 'número de identificação', '学号'],
  ...['学生编号', '编号', 'id号', '考号', 'student no', 'student no.'],
  ...['pupil id', 'sis id', 'sis user id', 'studierenden-id', 'schüler-id', 'id de estudiante'],
  ...['id del estudiante', 'número de identificación', 'matrícula', 'matricula', 'codice identificativo', 'numero matricola'],
  ...['leerlingnummer', 'studentnummer', 'numer id', 'numer ucznia', 'индивидуальный номер', 'идентификационный номер'],
  ...['номер ученика', 'id numarası', 'öğrenci no', 'رقم التعريف', 'رقم الطالب', 'idナンバー'],
  ...['学籍番号', '生徒番号', 'id 번호', '학번', '學號', '学生 id'],
  ...['学生id', 'student num', 'student #', 'stu id', 'student local id', 'local id', 'perm id', 'permid'],
  ...['pupil number', 'upn', 'admission number', 'admission no', 'candidate number', 'roll number', 'roll no', 'roll no.'],
  ...['准考证号', 'numéro étudiant', 'número de control', 'schülernummer', 'schülernr.', 'codice alunno'],
];
export const USERNAME = [
  ...['username', 'user name', 'login', 'anmeldename', 'nombre de usuario', "nom d'utilisateur"],
  ...['nom d’utilisateur', '用户名', 'benutzername', 'nome utente', 'nome de usuário', 'gebruikersnaam'],
  ...['nazwa użytkownika', 'имя пользователя', 'kullanıcı adı', 'användarnamn', 'brugernavn', 'اسم المستخدم'],
  ...['ユーザ名', 'ユーザー名', '使用者名稱'],
];
export const CLASS = [
  ...['class', 'class name', 'section', 'group', 'klasse', 'clase'],
  ...['classe', 'turma', '班级', '班', 'homeroom', 'form'],
  ...['class period', 'period', 'klas', 'klasa', 'класс', 'sınıf'],
  ...['الصف', 'クラス', '組', '반', 'curso y grupo', '班級'],
  ...['grupo', 'gruppe', 'groupe', 'gruppo', 'группа', 'klass', 'lerngruppe'],
];
export const GRADE = [
  ...['grade', 'grade level', 'year', 'klassenstufe', 'jahrgang', 'grado'],
  ...['niveau', '年级', 'year group', 'jaargang', '年級', '学年', 'jahrgangsstufe', 'stufe'],
];

export interface PersonColumns {
  readonly given: number;
  readonly family: number;
  readonly email: number;
  readonly id: number;
  readonly username: number;
}

export function personColumns(header: Header, sheet: Sheet): PersonColumns {
  return {
    given: header.find(...GIVEN),
    family: header.find(...FAMILY),
    email: emailColumn(header, sheet),
    id: header.find(...ID_NUMBER),
    username: header.find(...USERNAME),
  };
}

/** How many of the person's columns are there. */
export const personCount = (columns: PersonColumns): number => Object.values(columns).filter((index) => index >= 0).length;

/** By its name, else by what it holds, which no language changes. */
export function emailColumn(header: Header, sheet: Sheet): number {
  const named = header.find(...EMAIL);
  if (named >= 0) return named;
  return header.plain.findIndex((name, index) => {
    if (sensitiveKind(name) !== undefined) return false;
    const cells = columnOf(sheet, header, index).filter((cell) => cell !== '');
    return cells.length > 0 && cells.every((cell) => ADDRESS.test(cell));
  });
}

const ADDRESS = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
