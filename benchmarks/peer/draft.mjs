/** What a phone sends, checked as Scribe Wall checks it: every field that is wrong is named. */

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const UNSAFE = /[\u0000-\u0008\u000e-\u001f\u007f-\u009f\u061c\u202a-\u202e\u2066-\u2069\ufffe\uffff]|\p{Surrogate}/u;
const LONGEST = { text: 280, name: 60, organisation: 80, theme: 40 };

/** The draft that a body holds, or what is wrong with it. */
export function check(body) {
  let sent;
  try {
    sent = JSON.parse(body);
  } catch {
    return { problem: "bad_json" };
  }
  if (typeof sent !== "object" || sent === null || Array.isArray(sent)) return { problem: "bad_json" };
  const fields = {};
  const key = typeof sent.key === "string" ? sent.key.toLowerCase() : "";
  if (!UUID.test(key)) fields.key = "The key must be a UUID.";
  const draft = { key };
  for (const [field, longest] of Object.entries(LONGEST)) {
    draft[field] = clean(sent[field] ?? "", longest, field, fields);
  }
  if (!draft.text && !fields.text) fields.text = "Write your pledge first.";
  if (draft.theme) fields.theme = "Choose a theme from the list."; // the event has none
  return Object.keys(fields).length ? { problem: "bad_input", fields } : { draft };
}

/** A text in the one form in which it is kept. */
function clean(raw, longest, field, wrong) {
  if (typeof raw !== "string") {
    wrong[field] = "This must be text.";
    return "";
  }
  if (UNSAFE.test(raw)) wrong[field] = "This includes characters that cannot be shown.";
  const text = raw.normalize("NFC").replace(/[^\S\n]+/g, " ").replace(/\s*\n\s*/g, field === "text" ? "\n" : " ").trim();
  if (text.length > longest && [...text].length > longest) wrong[field] = `Use ${longest} characters or fewer.`;
  return text;
}
