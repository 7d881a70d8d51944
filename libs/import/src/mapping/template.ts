/** A text with places to fill: `petition-{id}`. `{name?}` may stay empty; `{{` and `}}` are braces. */
export type TemplatePiece = { readonly text: string } | { readonly from: string; readonly optional: boolean };

/** @throws Error whose message says what is wrong. */
export const parseTemplate = (template: string): readonly TemplatePiece[] => {
  const pieces: TemplatePiece[] = [];
  let text = '';
  for (let at = 0; at < template.length; at++) {
    const character = template.charAt(at);
    if ((character === '{' || character === '}') && template[at + 1] === character) {
      text += character;
      at++;
    } else if (character === '}') throw new Error('There is a “}” without a “{”. Write “}}” for a brace.');
    else if (character === '{') {
      const end = template.indexOf('}', at);
      if (end < 0) throw new Error('A “{” is never closed with “}”. Write “{{” for a brace.');
      const inside = template.slice(at + 1, end);
      const optional = inside.endsWith('?');
      const from = (optional ? inside.slice(0, -1) : inside).trim();
      if (from === '') throw new Error('There is nothing between “{” and “}”: write the name of a column.');
      if (text !== '') pieces.push({ text });
      text = '';
      pieces.push({ from, optional });
      at = end;
    } else text += character;
  }
  if (text !== '') pieces.push({ text });
  return pieces;
};
