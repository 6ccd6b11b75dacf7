/**
 * The gentle guard: what in a text looks as if it could identify a patient. The same as `wall/core/texts/patient_details.py`;
 * tests/support/guard_examples.json holds the two together.
 */

const NHS_NUMBER = /(?<![0-9])[0-9]{3}[ -]?[0-9]{3}[ -]?[0-9]{4}(?![0-9])/g;
const PHONE_NUMBER = /(?<![0-9])(?:\+[0-9]{1,3}|0)(?:[ ().-]{0,2}[0-9]){9,11}(?![0-9])/g;
const EMAIL = /[^\s@]@[^\s@]+\.\p{L}{2,}/gu;
const FULL_DATE = /(?<![0-9])[0-9]{1,2}([./-])[0-9]{1,2}\1([0-9]{4})(?![0-9])/g;
const BIRTH = /(?<!\p{L})(?:dob|d\.o\.b|date of birth|born|ganwyd|ur\.)[^\p{L}\p{N}]{0,3}(?:[\p{L}\p{N}]{1,20}[^\p{L}\p{N}]){0,2}[0-9]/giu;
const PLACE = /(?<!\p{L})(?:bed|bay|cubicle|gwely|łóżko|سرير)\s{1,3}(?:no\.? ?)?[0-9]/giu;
const INITIAL = /(?<!\p{L})(?:[Pp]atient|[Pp]t|[Mm]rs?|[Mm]s|[Cc]laf|[Pp]acjent(?:ka)?)\.? (?!I(?!\p{L}))[A-ZĄĆĘŁŃÓŚŹŻ](?!\p{L})/gu;

/** @returns {Record<string, string>} the kinds of details, most telling first, each with the words that look so; none for most texts */
export function patientDetails(/** @type {string} */ written) {
  const text = plainlyWritten(written);
  const looks = {
    nhs_number: first(text, NHS_NUMBER, ([number]) => isNhsNumber(number)),
    birth_date: first(text, BIRTH) ?? first(text, FULL_DATE, ([, , year]) => isPast(Number(year))),
    phone_number: first(text, PHONE_NUMBER, ([number]) => !isNhsNumber(number)),
    email: first(text, EMAIL),
    place: first(text, PLACE),
    initial: first(text, INITIAL),
  };
  return Object.fromEntries(Object.entries(looks).flatMap(([kind, match]) => (match ? [[kind, wholeWords(text, match)]] : [])));
}

function first(/** @type {string} */ text, /** @type {RegExp} */ pattern, /** @type {(match: RegExpMatchArray) => boolean} */ counts = () => true) {
  return [...text.matchAll(pattern)].find(counts);
}

/** What was found, from the beginning of its first word to the end of its last. */
function wholeWords(/** @type {string} */ text, /** @type {RegExpMatchArray} */ { 0: found, index = 0 }) {
  const [before, after] = [text.slice(0, index).split(/\s/).at(-1), text.slice(index + found.length).split(/\s/, 1)[0]];
  return `${before}${found}${after}`.replace(/[.,;:!?)]+$/, "");
}

/** Digits of every script as 0 to 9, wide and ringed letters as plain ones, and without what nobody sees. */
function plainlyWritten(/** @type {string} */ text) {
  return text.replace(/[^\0-\x7f]/gu, (letter) => letter.replace(/\p{DI}/u, "").normalize("NFKC").replace(/\p{Nd}/gu, digit));
}

/** Unicode's digits stand in tens, each from 0 to 9. */
function digit(/** @type {string} */ letter) {
  const code = letter.codePointAt(0) ?? 0;
  let before = 0;
  while (/\p{Nd}/u.test(String.fromCodePoint(code - before - 1))) before += 1;
  return String(before % 10);
}

/** Whether its last digit is the check digit of the others (modulus 11). */
function isNhsNumber(/** @type {string} */ written) {
  const digits = [...written.replace(/[^0-9]/g, "")].map(Number);
  if (digits.length !== 10) return false;
  const check = 11 - (digits.slice(0, 9).reduce((sum, digit, place) => sum + digit * (10 - place), 0) % 11);
  return check !== 10 && check % 11 === digits[9];
}

function isPast(/** @type {number} */ year) {
  return year >= 1900 && year < new Date().getFullYear();
}
